// What the clock does with meetings, one row each, put through the same trials as the other jobs: not yet, due, twice, late
// by a month, two copies at once, killed at any write. Hours of meetings are no delays: no closure freezes them.
import { expect } from 'chai';
import { dialogueOf, meetingOf } from '../../service/demo/factories.ts';
import { endOf, type Meeting } from '../../service/domain/meeting.ts';
import { sweepMeetings } from '../../service/usecases/sweep-meetings.ts';
import { dyingAt, Killed } from '../support/dying.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

const hourMs = 3_600_000;

interface Row {
  readonly job: string;
  readonly facts: (startsAt: Date) => Partial<Meeting>;
  /** When it is due, in hours after the beginning of the meeting; negative: before. */
  readonly hours: number;
  readonly reminders: number;
  readonly becomes: { readonly meeting: string; readonly dialogue: string };
  /** A month late the next step has come too. */
  readonly late: Row['becomes'];
}

const begun = { meeting: 'held', dialogue: 'active' };
const dropped = { meeting: 'cancelled', dialogue: 'introduced' };
const agreed = { status: 'agreed', sequence: 1, agreedSequence: 1 } as const;

const rows: readonly Row[] = [
  {
    job: '13 meeting-reminder',
    facts: (startsAt) => ({ ...agreed, due: { step: 'reminder', at: new Date(startsAt.getTime() - dayMs) } }),
    ...{ hours: -24, reminders: 2, becomes: { meeting: 'agreed', dialogue: 'introduced' }, late: begun },
  },
  {
    job: 'a meeting took place',
    facts: (startsAt) => ({ ...agreed, due: { step: 'held', at: endOf({ startsAt, minutes: 60 }) } }),
    ...{ hours: 1, reminders: 0, becomes: begun, late: begun },
  },
  {
    job: 'a meeting took place at the agreed time, while a move waited',
    facts: (startsAt) => ({
      ...{ ...agreed, sequence: 2, due: { step: 'held', at: endOf({ startsAt, minutes: 60 }) } },
      move: { startsAt: new Date(startsAt.getTime() + dayMs), modality: 'phone', suggestedById: 'mentee' },
    }),
    ...{ hours: 1, reminders: 0, becomes: begun, late: begun },
  },
  {
    job: 'nobody agreed to a suggestion',
    facts: (startsAt) => ({ due: { step: 'expire', at: startsAt } }),
    ...{ hours: 0, reminders: 0, becomes: dropped, late: dropped },
  },
];

/** A Tuesday in term, and one in the closure of New Year. */
const hours = { 'in term': new Date('2027-02-02T09:00:00Z'), 'in a closure': new Date('2026-12-29T09:00:00Z') };

describe('The clock of meetings', function () {
  this.timeout(300_000);
  const programme = useProgramme();

  for (const [when, startsAt] of Object.entries(hours)) {
    for (const { job, facts, hours: after, reminders, becomes, late } of rows) {
      describe(`${job}, ${when}`, () => {
        const due = new Date(startsAt.getTime() + after * hourMs);

        beforeEach('plan a meeting', async () => {
          const mentor = await programme.join({ labId: 'lix', offer: {} });
          const mentee = await programme.join();
          const pair = { id: 'pair', menteeId: mentee.id, mentorId: mentor.id };
          await programme
            .ports()
            .dialogues.insert(dialogueOf({ ...pair, introducedAt: new Date(due.getTime() - dayMs) }));
          const planned = { id: 'meeting', dialogueId: 'pair', startsAt, suggestedById: mentee.id };
          await programme.ports().meetings.insert(meetingOf({ ...planned, ...facts(startsAt) }));
        });

        const sweepAt = (instant: Date): Promise<unknown> => {
          programme.moveTo(instant);
          return sweepMeetings(programme.ports());
        };
        const expectDone = async (told: number, states: Row['becomes']): Promise<void> => {
          expect(programme.failures()).to.deep.equal([]);
          expect(await programme.notices()).to.have.length(told);
          const meeting = (await programme.ports().meetings.find('meeting'))!;
          const dialogue = (await programme.ports().dialogues.find('pair'))!;
          expect({ meeting: meeting.status, dialogue: dialogue.status }).to.deep.equal(states);
          if (states.meeting === 'agreed') return;
          expect(meeting).to.not.have.property('due');
          expect(meeting).to.not.have.property('move');
          if (states.dialogue === 'active') expect(dialogue.firstHeldAt).to.deep.equal(endOf(meeting));
        };

        it('does nothing a second before', async () => {
          const before = await programme.ports().meetings.find('meeting');
          await sweepAt(new Date(due.getTime() - 1000));
          expect(await programme.ports().meetings.find('meeting')).to.deep.equal(before);
          expect(await programme.notices()).to.deep.equal([]);
        });

        it('is done when it is due, and once when it runs twice', async () => {
          await sweepAt(due);
          await expectDone(reminders, becomes);
          await sweepAt(due);
          await expectDone(reminders, becomes);
        });

        it('is done by one of two copies at once', async () => {
          programme.moveTo(due);
          await Promise.all([sweepMeetings(programme.ports()), sweepMeetings(programme.ports())]);
          await expectDone(reminders, becomes);
        });

        it('reminds nobody of what is over when it runs a month late', async () => {
          await sweepAt(new Date(due.getTime() + 30 * dayMs));
          await expectDone(0, late);
        });

        it('is done to the end by the next one when a process is killed at any of its writes', async () => {
          programme.moveTo(due);
          const deaths: unknown[] = [];
          for (let write = 1; write <= 3; write += 1) {
            const dying = { ...dyingAt(programme.ports(), { write }), noteFailure: rethrow };
            await sweepMeetings(dying).catch((error: unknown) => deaths.push(error));
          }
          expect(deaths.length).to.be.greaterThan(0);
          for (const death of deaths) expect(death).to.be.instanceOf(Killed);
          await sweepAt(due);
          await expectDone(reminders, becomes);
        });
      });
    }
  }
});

function rethrow(_sweep: string, error: unknown): never {
  throw error;
}
