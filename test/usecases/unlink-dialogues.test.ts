// Job 20: a closed dialogue is counted once, then everything that tells who talked to whom is deleted.
import { expect } from 'chai';
import { daysAgo, dialogueOf, inventedNow, meetingOf, proposalOf, requestOf } from '../../service/demo/factories.ts';
import type { Dialogue } from '../../service/domain/dialogue.ts';
import { purgeEnded } from '../../service/usecases/purge-ended.ts';
import { purgeSurveys } from '../../service/usecases/purge-surveys.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

describe('The end of the link between two persons', () => {
  const programme = useProgramme();

  /** Stored with its request, proposal and a cancelled meeting, as a real one is. */
  async function closed(facts: Partial<Dialogue> = {}): Promise<Dialogue> {
    const ports = programme.ports();
    const { due: _due, ...dialogue } = dialogueOf({
      ...{ status: 'closed', closing: 'completed', introducedAt: daysAgo(300), firstHeldAt: daysAgo(290) },
      closedAt: inventedNow,
      ...facts,
    });
    const { id, requestId, menteeId, mentorId } = dialogue;
    await ports.dialogues.insert(dialogue);
    const { due: _none, ...proposal } = proposalOf({ id, requestId, menteeId, mentorId, status: 'confirmed' });
    await ports.proposals.insert(proposal);
    await ports.proposals.settle(id, 'confirmed');
    const request = { ...requestOf({ memberId: menteeId, status: 'closed', outcome: 'served' }), id: requestId };
    delete (request as { due?: unknown }).due;
    await ports.requests.insert(request);
    const { due: _never, ...meeting } = meetingOf({ dialogueId: id, status: 'cancelled' });
    await ports.meetings.insert(meeting);
    return dialogue;
  }

  const raw = (name: string) => programme.connection().db!.collection<{ _id: string } & Record<string, unknown>>(name);
  const facts = () => raw('closings').find().toArray();

  /** How many records still tell of the pair. */
  async function left({ id, requestId }: Dialogue): Promise<number> {
    const counts = [
      raw('dialogues').countDocuments({ _id: id }),
      raw('proposals').countDocuments({ _id: id }),
      raw('meetings').countDocuments({ dialogueId: id }),
      raw('requests').countDocuments({ _id: requestId }),
    ];
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** The programme on a machine that dies in the named act, before it or right after it. */
  function dying(act: 'count' | 'unlink', when: 'before' | 'after'): Ports {
    const ports = programme.ports();
    const die = async (live: () => Promise<void>): Promise<never> => {
      if (when === 'after') await live();
      throw new Error('killed');
    };
    return act === 'count'
      ? { ...ports, closings: { ...ports.closings, add: (given) => die(() => ports.closings.add(given)) } }
      : { ...ports, retention: { ...ports.retention, unlink: (given) => die(() => ports.retention.unlink(given)) } };
  }

  const times: [string, number, { facts: number; left: number }][] = [
    ['not yet due after 89 days: nothing is counted, nothing deleted', 89, { facts: 0, left: 4 }],
    ['due after 90 days: counted once and deleted', 90.01, { facts: 1, left: 0 }],
    ['late by a month: counted once and deleted', 121, { facts: 1, left: 0 }],
  ];
  for (const [what, days, expected] of times) {
    it(`is ${what}`, async () => {
      const dialogue = await closed();
      programme.moveBy(days * dayMs);
      await purgeEnded(programme.ports());
      expect({ facts: (await facts()).length, left: await left(dialogue) }).to.deep.equal(expected);
    });
  }

  it('counts nothing twice when it is run twice', async () => {
    await closed();
    programme.moveBy(91 * dayMs);
    await purgeEnded(programme.ports());
    const once = await facts();
    expect(await purgeEnded(programme.ports())).to.deep.equal({ done: 0, failed: 0 });
    expect(await facts()).to.deep.equal(once);
  });

  it('counts each of 60 dialogues once when five copies of the service do it at once', async () => {
    const dialogues = await Promise.all(Array.from({ length: 60 }, () => closed()));
    programme.moveBy(91 * dayMs);
    await Promise.all(Array.from({ length: 5 }, () => purgeEnded(programme.ports())));
    expect(await facts()).to.have.length(60);
    for (const dialogue of dialogues) expect(await left(dialogue)).to.equal(0);
  });

  for (const [act, when] of [
    ['count', 'before'],
    ['count', 'after'],
    ['unlink', 'before'],
    ['unlink', 'after'],
  ] as const) {
    it(`counts once and deletes when the service is killed ${when} it could ${act}`, async () => {
      const dialogue = await closed();
      programme.moveBy(91 * dayMs);
      const fate = await purgeEnded(dying(act, when)).catch((error: unknown) => (error as Error).message);
      expect(fate).to.equal('killed');
      await purgeEnded(programme.ports());
      expect(await facts()).to.have.length(1);
      expect(await left(dialogue)).to.equal(0);
    });
  }

  it('counts once and deletes what a copy left behind that was killed in the middle of deleting', async () => {
    const dialogue = await closed();
    programme.moveBy(91 * dayMs);
    await purgeEnded(dying('unlink', 'before')).catch(() => undefined);
    await raw('meetings').deleteMany({ dialogueId: dialogue.id });
    await raw('proposals').deleteMany({ _id: dialogue.id });
    await purgeEnded(programme.ports());
    expect(await facts()).to.have.length(1);
    expect(await left(dialogue)).to.equal(0);
  });

  it('keeps coarse facts under a name that leads to nothing, no day and nobody', async () => {
    const dialogue = await closed({ menteeLabId: 'isir', format: 'one_off' });
    programme.moveBy(91 * dayMs);
    await purgeEnded(programme.ports());
    const [fact] = await facts();
    const { _id: name, ...rest } = fact ?? { _id: '' };
    expect(rest).to.deep.equal({
      month: '2026-11',
      format: 'one_off',
      closing: 'completed',
      menteeLabId: 'isir',
      mentorLabId: 'lix',
      duration: '6_to_12_months',
      firstMeeting: 'within_21_days',
      surveyed: false,
    });
    const ids = [dialogue.id, dialogue.requestId, dialogue.menteeId, dialogue.mentorId];
    expect(ids.filter((id) => JSON.stringify(fact).includes(id))).to.deep.equal([]);
    const others = await Promise.all(
      (await programme.connection().db!.collections())
        .filter(({ collectionName }) => collectionName !== 'closings')
        .map((one) => one.find().toArray()),
    );
    expect(JSON.stringify(others)).to.not.include(name);
  });

  it('keeps these facts for 24 months, and none of a month that began before', async () => {
    await closed();
    programme.moveBy(91 * dayMs);
    await purgeEnded(programme.ports());
    programme.moveTo(new Date('2028-10-31T12:00:00Z'));
    await purgeSurveys(programme.ports());
    expect(await facts()).to.have.length(1);
    programme.moveTo(new Date('2028-11-01T12:00:00Z'));
    await purgeSurveys(programme.ports());
    expect(await facts()).to.deep.equal([]);
  });
});
