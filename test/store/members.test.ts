import { expect } from 'chai';
import { charterVersion } from '../../service/domain/charter.ts';
import { daysAgo, inventedNow as now, memberOf } from '../../service/demo/factories.ts';
import { freePlaces, isOpenAsMentor, type Member } from '../../service/domain/member.ts';
import { useStore } from '../support/store.ts';

const today = '2026-11-16';
const at = { now, today };

describe('store: members', () => {
  const { store } = useStore();
  const keep = async (member: Member): Promise<Member> => {
    expect(await store().members.insert(member)).to.equal(true);
    return member;
  };
  const heldOf = async ({ id }: Member): Promise<readonly string[]> => (await store().members.find(id))!.held;

  it('gives back a mentor exactly as the domain made it', async () => {
    const mentor = memberOf({
      profile: {
        availability: {
          anyTime: false,
          windows: [{ weekday: 1, from: 480, to: 600 }],
          absences: [{ fromOn: '2026-12-01', toOn: '2026-12-05' }],
        },
      },
      offer: { capacity: 3, pausedUntil: '2026-12-24' },
      ties: { team: 'a-team', supervisors: ['a-supervisor'], avoid: ['somebody'] },
      held: ['proposal-a', 'proposal-b'],
      due: { step: 'confirm', at: daysAgo(-90) },
    });
    await keep(mentor);
    expect(await store().members.find(mentor.id)).to.deep.equal(mentor);
    expect(await store().members.findByPerson(mentor.personKey)).to.deep.equal(mentor);
    expect(await store().members.findMany([mentor.id, 'nobody'])).to.deep.equal([mentor]);
  });

  it('gives back a draft without the keys it does not have', async () => {
    const draft = await keep(memberOf({ profile: null }));
    const found = await store().members.find(draft.id);
    expect(found).to.deep.equal(draft);
    expect(found).to.not.have.any.keys('profile', 'offer');
  });

  it('finds nobody under an unknown id', async () => {
    expect(await store().members.find('nobody')).to.equal(undefined);
    expect(await store().members.findByPerson('nobody')).to.equal(undefined);
  });

  it('keeps one record of a person who signs in 20 windows at once', async () => {
    const personKey = 'person with 20 windows';
    const inserted = await Promise.all(
      Array.from({ length: 20 }, () => store().members.insert(memberOf({ personKey }))),
    );
    expect(inserted.filter(Boolean)).to.have.length(1);
  });

  it('changes a member whose status is expected, and removes what is set to null', async () => {
    const mentor = await keep(memberOf({ offer: {}, due: { step: 'confirm', at: now } }));
    const changed = await store().members.change(mentor.id, ['active'], {
      status: 'withdrawn',
      name: 'Somebody Else',
      offer: null,
    });
    expect(changed).to.include({ status: 'withdrawn', name: 'Somebody Else', email: mentor.email });
    expect(changed).to.not.have.any.keys('offer');
    expect(await store().members.find(mentor.id)).to.deep.equal(changed);
  });

  it('leaves a member alone whose status is not the expected one', async () => {
    const member = await keep(memberOf());
    expect(await store().members.change(member.id, ['draft', 'paused'], { locale: 'en' })).to.equal(undefined);
    expect(await store().members.find(member.id)).to.deep.equal(member);
  });

  it('gives back the member untouched when a change says nothing', async () => {
    const member = await keep(memberOf());
    expect(await store().members.change(member.id, ['active'], {})).to.deep.equal(member);
  });

  it('refuses a field that no member has', async () => {
    const stray = { ...memberOf(), mark: 20 } as Member;
    const outcome = await store()
      .members.insert(stray)
      .catch((error: unknown) => (error as Error).name);
    expect(outcome).to.equal('StrictModeError');
  });

  const holdPlace = async (mentorId: string, holderId: string, at: { now: Date; today: string }): Promise<boolean> =>
    (await store().members.holdPlaces([{ mentorId, holderId }], at)).has(holderId);

  describe('places', () => {
    it('gives exactly the five places of a mentor to 200 proposals that ask at once', async () => {
      const mentor = await keep(memberOf({ offer: { capacity: 5 } }));
      const asked = Array.from({ length: 200 }, (_, index) => `proposal ${index}`);
      const got = await Promise.all(asked.map((id) => holdPlace(mentor.id, id, at)));
      const winners = asked.filter((_, index) => got[index]);
      expect(winners).to.have.length(5);
      expect(await heldOf(mentor)).to.have.members(winners);
    }).timeout(60_000);

    it('gives one place to a proposal that asks 100 times at once, and says yes each time', async () => {
      const mentor = await keep(memberOf({ offer: { capacity: 1 } }));
      const got = await Promise.all(Array.from({ length: 100 }, () => holdPlace(mentor.id, 'the proposal', at)));
      expect(got).to.deep.equal(got.map(() => true));
      expect(await heldOf(mentor)).to.deep.equal(['the proposal']);
    });

    it('gives exactly one free place to 64 mentees who say yes at once', async () => {
      const mentor = await keep(memberOf({ offer: { capacity: 2 }, held: ['a dialogue'] }));
      const got = await Promise.all(
        Array.from({ length: 64 }, (_, index) => store().members.confirmPlace(mentor.id, `proposal ${index}`, now)),
      );
      expect(got.filter(Boolean)).to.have.length(1);
      expect(await heldOf(mentor)).to.have.length(2);
    });

    it('never counts more than the capacity while places are taken and freed at once', async () => {
      const mentor = await keep(memberOf({ offer: { capacity: 2 } }));
      let most = 0;
      await Promise.all(
        Array.from({ length: 60 }, async (_, index) => {
          const holder = `proposal ${index}`;
          if (!(await holdPlace(mentor.id, holder, at))) return;
          most = Math.max(most, (await heldOf(mentor)).length);
          await store().members.releasePlace(mentor.id, holder);
        }),
      );
      expect(most).to.be.within(1, 2);
      expect(await heldOf(mentor)).to.deep.equal([]);
    });

    const closed: Record<string, Parameters<typeof memberOf>[0]> = {
      'who offers nothing': {},
      'who is paused as a member': { status: 'paused', offer: {} },
      'who has not said what they do': { status: 'active', profile: null, offer: {} },
      'who left': { status: 'withdrawn', offer: {} },
      'whose offer is paused until tomorrow': { offer: { pausedUntil: '2026-11-17' } },
      'whose places are all taken': { offer: { capacity: 1 }, held: ['another'] },
    };
    for (const [who, facts] of Object.entries(closed)) {
      it(`takes no place of a mentor ${who}`, async () => {
        const member = await keep(memberOf(facts));
        expect(await holdPlace(member.id, 'a proposal', at)).to.equal(false);
        expect(await heldOf(member)).to.deep.equal(member.held);
      });
    }

    it('takes a place exactly where the domain says that the mentor is open and has one free', async () => {
      const charters = ['2020-01', charterVersion].map((version) => ({ version, signedAt: now }));
      const profiles = [null, {}];
      const from = (pausedFrom: string, pausedUntil: string) => ({ pausedFrom, pausedUntil });
      const offers = [
        ...[undefined, {}, { capacity: 1 }, { pausedUntil: today }, { pausedUntil: '2026-11-17' }],
        ...[from('2026-11-17', '2026-12-01'), from(today, '2026-12-01'), from('2026-11-01', today)],
      ];
      const held = [[], ['one']];
      const statuses = ['draft', 'active', 'paused', 'withdrawn', 'erased'] as const;
      const all = statuses.flatMap((status) =>
        charters.flatMap((charter) =>
          profiles.flatMap((profile) =>
            offers.flatMap((offer) =>
              held.map((ids) => memberOf({ status, charter, profile, held: ids, ...(offer && { offer }) })),
            ),
          ),
        ),
      );
      for (const member of all) {
        await keep(member);
        const expected = isOpenAsMentor(member, today) && freePlaces(member) > 0;
        expect(await holdPlace(member.id, 'a proposal', at), JSON.stringify(member)).to.equal(expected);
      }
    });

    it('takes a place from the first day on which a paused mentor is back', async () => {
      const mentor = await keep(
        memberOf({ offer: { pausedUntil: today }, charter: { version: charterVersion, signedAt: now } }),
      );
      expect(await holdPlace(mentor.id, 'a proposal', at)).to.equal(true);
    });

    it('lets a proposal keep the place it has when the mentor pauses and lowers the capacity', async () => {
      const mentor = await keep(memberOf({ offer: { capacity: 2 }, held: ['first', 'second'] }));
      await store().members.change(mentor.id, ['active'], {
        offer: { ...mentor.offer!, capacity: 1, pausedUntil: '2027-01-01' },
      });
      expect(await holdPlace(mentor.id, 'second', at)).to.equal(true);
      expect(await store().members.confirmPlace(mentor.id, 'second', now)).to.equal(true);
      expect(await store().members.confirmPlace(mentor.id, 'third', now)).to.equal(false);
    });

    it('lets a yes take a free place of a mentor who paused meanwhile', async () => {
      const mentor = await keep(memberOf({ offer: { pausedUntil: '2027-01-01' } }));
      expect(await store().members.confirmPlace(mentor.id, 'a proposal', now)).to.equal(true);
    });

    it('frees a place once and for all, however often it is freed', async () => {
      const mentor = await keep(memberOf({ offer: {}, held: ['stays', 'goes'] }));
      await Promise.all([1, 2, 3].map(() => store().members.releasePlace(mentor.id, 'goes')));
      await store().members.releasePlace('nobody', 'goes');
      expect(await heldOf(mentor)).to.deep.equal(['stays']);
    });
  });

  describe('lists', () => {
    it('lists the active mentors who have a place free, and nobody else', async () => {
      const [free, full] = [
        memberOf({ offer: { capacity: 2 }, held: ['x'] }),
        memberOf({ offer: { capacity: 1 }, held: ['y'] }),
      ];
      const others = [memberOf(), memberOf({ offer: {}, status: 'withdrawn' }), memberOf({ profile: null })];
      for (const member of [free, full, ...others]) await keep(member);
      const listed: string[] = [];
      for await (const chunk of store().members.readMentors()) listed.push(...chunk.map(({ id }) => id));
      expect(listed).to.include(free.id);
      for (const { id } of [full, ...others]) expect(listed).to.not.include(id);
    });

    it('lists the places held since before an instant, and no younger ones', async () => {
      const mentor = await keep(memberOf({ offer: { capacity: 3 } }));
      const hold = (id: string, days: number): Promise<boolean> =>
        holdPlace(mentor.id, id, { now: daysAgo(days), today });
      await hold('old', 2);
      await hold('young', 0);
      await hold('old', 0);
      const listed = (await store().members.listHeld(daysAgo(1))).filter(({ mentorId }) => mentorId === mentor.id);
      expect(listed).to.deep.equal([{ mentorId: mentor.id, holderId: 'old' }]);
    });

    it('lists the members whose day has come, oldest first and no more than asked for', async () => {
      const due = (days: number): Member =>
        memberOf({ status: 'withdrawn', due: { step: 'erase', at: daysAgo(days) } });
      const [third, first, second, later] = [due(400), due(402), due(401), due(-1)];
      for (const member of [third, first, second, later]) await keep(member);
      const ids = async (limit: number): Promise<string[]> =>
        (await store().members.listDue(now, limit)).map(({ id }) => id);
      expect(await ids(2)).to.deep.equal([first.id, second.id]);
      expect(await ids(100))
        .to.include(third.id)
        .and.not.include(later.id);
    });
  });

  it('deletes an erased member once, and never an active one', async () => {
    const gone = await keep(memberOf({ status: 'erased', due: { step: 'erase', at: now } }));
    const active = await keep(memberOf());
    const erased = await Promise.all([1, 2, 3].map(() => store().members.erase(gone.id)));
    expect(erased.filter(Boolean)).to.have.length(1);
    expect(await store().members.find(gone.id)).to.equal(undefined);
    expect(await store().members.erase(active.id)).to.equal(false);
    expect(await store().members.find(active.id)).to.deep.equal(active);
  });
});
