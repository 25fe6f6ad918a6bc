import { expect } from 'chai';
import { requestOf } from '../../service/demo/factories.ts';
import { createMentorPool } from '../../service/matcher/pool.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { viewRequest, type RequestView } from '../../service/usecases/view-request.ts';
import type { MemberFacts } from '../../service/demo/factories.ts';
import { useProgramme } from '../support/programme.ts';

describe('The page of a request', () => {
  const programme = useProgramme();

  async function mentors(count: number, facts: MemberFacts = {}): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      ids.push((await programme.join({ labId: 'lix', ...facts, offer: { ...facts.offer } })).id);
    }
    return ids;
  }

  async function asking(facts: MemberFacts = {}): Promise<string> {
    const mentee = await programme.join(facts);
    await programme.ports().requests.insert(requestOf({ memberId: mentee.id }));
    return mentee.id;
  }

  const view = (memberId: string, ports: Ports = programme.ports()): Promise<RequestView | undefined> =>
    viewRequest(ports, { memberId });

  it('is empty for somebody without a request', async () => {
    expect(await view((await programme.join()).id)).to.equal(undefined);
  });

  it('tells how many mentors could fit from five on, in steps, and nothing below', async () => {
    const memberId = await asking();
    await mentors(4);
    expect(await view(memberId)).to.not.have.property('fitting');
    await mentors(1);
    expect((await view(memberId))?.fitting).to.equal(5);
    await mentors(4);
    expect((await view(memberId))?.fitting).to.equal(5);
  });

  it('tells what stands in the way of at least five mentors, most first, and of fewer not', async () => {
    const memberId = await asking({ profile: { languages: ['es'] } });
    await mentors(10);
    await mentors(6, { profile: { languages: ['es'] }, offer: { formats: ['one_off'] } });
    await mentors(4, { profile: { languages: ['es'], modalities: ['phone'] } });
    const obstacles = (await view(memberId))?.whyNot ?? [];
    expect(obstacles).to.deep.include({ obstacle: 'language', mentors: 10 });
    expect(obstacles).to.deep.include({ obstacle: 'format', mentors: 5 });
    expect(obstacles.map(({ obstacle }) => obstacle)).to.not.include('modality');
    expect(obstacles[0]?.mentors).to.equal(Math.max(...obstacles.map(({ mentors: count }) => count)));
  });

  it('does not tell ties, pauses and earlier proposals apart, nor a single one of them', async () => {
    const memberId = await asking({ ties: { team: 'team', self: ['me'] } });
    await mentors(5);
    const before = await view(memberId);
    await mentors(2, { ties: { team: 'team' } });
    await mentors(1, { ties: { avoid: ['me'] } });
    await mentors(1, { offer: { pausedUntil: '2027-01-01' } });
    expect(await view(memberId)).to.deep.equal(before);
    await mentors(1, { ties: { supervisors: ['me'] } });
    const told = JSON.stringify(await view(memberId));
    expect(told).to.include('"obstacle":"other","mentors":5');
    for (const word of ['tie', 'paused', 'proposed_before', 'same_person']) expect(told).to.not.include(`"${word}"`);
  });

  it('tells of full mentors when there are at least five', async () => {
    const memberId = await asking();
    await mentors(6, { held: ['x', 'y'] });
    expect((await view(memberId))?.whyNot).to.deep.equal([{ obstacle: 'no_place', mentors: 5 }]);
  });

  it('tells only that there is a proposal once there is one', async () => {
    const memberId = await asking();
    await mentors(6);
    await runMatching(programme.ports());
    expect(Object.keys((await view(memberId)) ?? {})).to.deep.equal(['request']);
  });

  describe('asks a pool in a thread of its own', () => {
    const patient = { keepMs: 60_000, patienceMs: 60_000 };

    it('that answers what the domain answers, and reads the mentors once for many pages', async () => {
      const ids = [await asking(), await asking({ profile: { languages: ['en'] } })];
      await mentors(7);
      let reads = 0;
      const ports = programme.ports();
      const members = Object.create(ports.members, {
        readMentors: {
          value: (which: 'all') => {
            reads += 1;
            return ports.members.readMentors(which);
          },
        },
      }) as Ports['members'];
      const pooled = { ...ports, members, mentorPool: createMentorPool(patient) };
      const pages = await Promise.all([...ids, ...ids, ...ids].map((id) => view(id, pooled)));
      expect(pages.slice(0, 2)).to.deep.equal(await Promise.all(ids.map((id) => view(id))));
      expect(pages.slice(2, 4)).to.deep.equal(pages.slice(0, 2));
      expect(reads).to.equal(1);
    });

    it('that is read anew when it is old, while the page still shows what was known', async () => {
      const memberId = await asking();
      await mentors(5);
      const pooled = { ...programme.ports(), mentorPool: createMentorPool({ ...patient, keepMs: 0 }) };
      expect((await view(memberId, pooled))?.fitting).to.equal(5);
      await mentors(5);
      const shown: (number | undefined)[] = [];
      while (shown.at(-1) !== 10 && shown.length < 200) shown.push((await view(memberId, pooled))?.fitting);
      expect(new Set(shown)).to.deep.equal(new Set([5, 10]));
    });

    it('shows the request without numbers rather than wait for a slow database, or when it cannot be asked', async () => {
      const memberId = await asking();
      const hasty = { ...programme.ports(), mentorPool: createMentorPool({ keepMs: 60_000, patienceMs: 0 }) };
      expect(Object.keys((await view(memberId, hasty)) ?? {})).to.deep.equal(['request']);
      const members = Object.create(programme.ports().members, {
        readMentors: {
          value: () => {
            throw new Error('away');
          },
        },
      }) as Ports['members'];
      const away = { ...programme.ports(), members, mentorPool: createMentorPool(patient) };
      expect(Object.keys((await view(memberId, away)) ?? {})).to.deep.equal(['request']);
    });
  });
});
