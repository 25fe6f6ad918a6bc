import { expect } from 'chai';
import fc from 'fast-check';
import { MentoringError } from '../../service/domain/errors.ts';
import {
  agree,
  callOff,
  keepTime,
  meetingLife,
  suggestionIn,
  suggestOther,
  type Meeting,
  type MeetingChange,
} from '../../service/domain/meeting.ts';
import { isTrueNews, type MeetingNews } from '../../service/domain/meeting-news.ts';

const hourMs = 3_600_000;
const now = new Date('2026-11-23T09:00:00Z');
const inHours = (hours: number): Date => new Date(now.getTime() + hours * hourMs);

const suggested: Meeting = {
  ...{ id: 'm', dialogueId: 'd', status: 'suggested', suggestedById: 'ada', modality: 'video', minutes: 60 },
  ...{ startsAt: inHours(48), sequence: 0, due: { step: 'expire', at: inHours(48) } },
  ...{ claims: ['ada 1', 'ben 1'], taken: ['ada 1', 'ben 1'] },
};
const agreed: Meeting = { ...suggested, status: 'agreed', sequence: 1, agreedSequence: 1 };
const later = { startsAt: inHours(72), modality: 'in_person', claims: ['ada 3', 'ben 3'] } as const;
const moving: Meeting = { ...agreed, sequence: 2, move: { ...later, suggestedById: 'ada' } };

const ada = { memberId: 'ada', now };
const ben = { memberId: 'ben', now };

function after(meeting: Meeting, change: MeetingChange): Meeting {
  const entries = Object.entries({ ...meeting, ...change }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as unknown as Meeting;
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof MentoringError) return error.code;
    throw error;
  }
  return 'none';
}

describe('A meeting', () => {
  it('is agreed by the other person, with the reminder a day before', () => {
    const meeting = after(suggested, agree(suggested, ben));
    expect(meeting).to.include({ status: 'agreed', sequence: 1, agreedSequence: 1 });
    expect(meeting.due).to.deep.equal({ step: 'reminder', at: inHours(24) });
  });

  it('has no reminder when it is agreed within its last day', () => {
    const soon = { ...suggested, startsAt: inHours(23) };
    expect(agree(soon, ben).due).to.deep.equal({ step: 'held', at: inHours(24) });
  });

  it('that was moved takes place at the new time, which calendars learn by a higher sequence', () => {
    const meeting = after(moving, agree(moving, ben));
    expect(meeting).to.include({ status: 'agreed', sequence: 3, agreedSequence: 3, modality: 'in_person' });
    expect(meeting.startsAt).to.deep.equal(later.startsAt);
    expect(meeting.due).to.deep.equal({ step: 'reminder', at: inHours(48) });
    expect(meeting).to.not.have.property('move');
  });

  it('keeps its time, its due step and what calendars hold while a move waits', () => {
    const meeting = after(agreed, suggestOther(agreed, later, ben));
    expect(meeting).to.include({ status: 'agreed', startsAt: agreed.startsAt, agreedSequence: 1, due: agreed.due });
    expect(meeting.move).to.deep.equal({ ...later, suggestedById: 'ben' });
  });

  it('keeps its time when the move is not taken, by whichever of the two', () => {
    const meeting = after(moving, keepTime(moving, now));
    expect(meeting).to.include({ startsAt: agreed.startsAt, sequence: 3, agreedSequence: 1 });
    expect(meeting).to.not.have.property('move');
  });

  it('has one move at a time: a new one replaces the one that waits, whoever asked for that', () => {
    const time = { startsAt: inHours(96), modality: 'video', claims: ['ada 4'] } as const;
    for (const actor of [ada, ben]) {
      expect(suggestOther(moving, time, actor).move).to.deep.equal({ ...time, suggestedById: actor.memberId });
    }
  });

  it('that is only suggested changes hands with the time, and lapses at the new hour', () => {
    const meeting = after(suggested, suggestOther(suggested, later, ben));
    expect(meeting).to.include({ status: 'suggested', suggestedById: 'ben', sequence: 1 });
    expect(meeting.due).to.deep.equal({ step: 'expire', at: later.startsAt });
    expect(refusal(() => agree(meeting, ben))).to.equal('not_allowed');
    expect(after(meeting, agree(meeting, ada)).status).to.equal('agreed');
  });

  const atHour = { now: suggested.startsAt };
  const refused: [string, string, () => unknown][] = [
    ['agreeing to one’s own suggestion', 'not_allowed', () => agree(suggested, ada)],
    ['accepting one’s own move', 'not_allowed', () => agree(moving, ada)],
    ['agreeing when the hour has come', 'meeting_changed', () => agree(suggested, { ...ben, ...atHour })],
    ['agreeing to what is agreed', 'meeting_changed', () => agree(agreed, ben)],
    ['accepting a move when the old hour has come', 'meeting_changed', () => agree(moving, { ...ben, ...atHour })],
    ['keeping a time that nobody wants to move', 'meeting_changed', () => keepTime(agreed, now)],
    ['moving a meeting that has begun', 'meeting_changed', () => suggestOther(agreed, later, { ...ben, ...atHour })],
    [
      'moving to the time it has',
      'meeting_already_planned',
      () => suggestOther(agreed, { ...agreed, claims: [] }, ben),
    ],
    ['moving to the time that is asked for', 'meeting_already_planned', () => suggestOther(moving, later, ben)],
    ['moving what is held', 'meeting_changed', () => suggestOther({ ...agreed, status: 'held' }, later, ben)],
    ['agreeing to what is cancelled', 'meeting_changed', () => agree({ ...suggested, status: 'cancelled' }, ben)],
  ];
  for (const [what, code, act] of refused) it(`refuses ${what}`, () => void expect(refusal(act)).to.equal(code));

  it('forgets a move whose own hour has come, when it was to be earlier', () => {
    const earlier: Meeting = { ...moving, move: { ...later, startsAt: inHours(1), suggestedById: 'ada' } };
    expect(suggestionIn(earlier, inHours(0.5))).to.include({ suggestedById: 'ada' });
    expect(suggestionIn(earlier, inHours(1))).to.equal(undefined);
  });

  it('waits for something in every state that is not final, whatever the two do', () => {
    const acts = fc.array(fc.tuple(fc.constantFrom('agree', 'move', 'keep', 'cancel'), fc.boolean(), fc.nat(200)));
    fc.assert(
      fc.property(acts, (many) => {
        let meeting = suggested;
        for (const [act, isAda, hours] of many) {
          const actor = isAda ? ada : ben;
          const time = { startsAt: inHours(hours), modality: 'phone', claims: [`ada ${hours}`] } as const;
          try {
            const change = {
              agree: () => agree(meeting, actor),
              move: () => suggestOther(meeting, time, actor),
              keep: () => keepTime(meeting, now),
              cancel: () => callOff(meeting),
            }[act as 'agree']();
            const before = meeting;
            meeting = after(meeting, change);
            expect(meeting.sequence).to.equal(before.sequence + 1);
            if (change.status) expect([before.status, ...meetingLife[before.status].becomes]).to.include(change.status);
          } catch (error) {
            if (!(error instanceof MentoringError)) throw error;
          }
          const { claims = [], move, taken = [] } = meeting;
          expect(new Set(taken)).to.deep.equal(new Set([...claims, ...(move?.claims ?? [])]));
          const isFinal = meetingLife[meeting.status].waitsFor === 'nothing';
          expect(meeting.due === undefined).to.equal(isFinal);
          if (isFinal) break;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('News of a meeting', () => {
  const read = (kind: MeetingNews, meeting: Meeting, [memberId, sequence]: [string, number]): boolean =>
    isTrueNews(kind, meeting, { memberId, sequence, now });
  const replaced = after(moving, suggestOther(moving, { startsAt: inHours(96), modality: 'video', claims: [] }, ada));
  const accepted = after(moving, agree(moving, ben));
  const kept = after(moving, keepTime(moving, now));
  const cancelled = after(agreed, callOff(agreed));

  const told: [string, boolean, () => boolean][] = [
    ['a suggestion, to the other person', true, () => read('meeting_suggested', suggested, ['ben', 0])],
    ['a suggestion that lost against one’s own', false, () => read('meeting_suggested', suggested, ['ada', 0])],
    [
      'a suggestion that was replaced',
      false,
      () => read('meeting_suggested', { ...suggested, sequence: 1 }, ['ben', 0]),
    ],
    ['a suggestion that was agreed', false, () => read('meeting_suggested', agreed, ['ben', 0])],
    ['an agreement', true, () => read('meeting_agreed', agreed, ['ada', 1])],
    ['an agreement while a move waits', true, () => read('meeting_agreed', moving, ['ada', 1])],
    ['an agreement that came too late', false, () => read('meeting_agreed', { ...suggested, sequence: 1 }, ['ada', 1])],
    ['an accepted move', true, () => read('meeting_agreed', accepted, ['ada', 3])],
    ['an acceptance that lost against a new wish', false, () => read('meeting_agreed', replaced, ['ada', 3])],
    ['a move, to the other person', true, () => read('meeting_move_suggested', moving, ['ben', 2])],
    ['a move that was replaced', false, () => read('meeting_move_suggested', replaced, ['ben', 2])],
    ['a move that was accepted', false, () => read('meeting_move_suggested', accepted, ['ben', 2])],
    ['a move that was not taken', true, () => read('meeting_move_declined', kept, ['ada', 3])],
    ['a no that lost against a yes', false, () => read('meeting_move_declined', accepted, ['ada', 3])],
    ['a no that lost against a new wish', false, () => read('meeting_move_declined', replaced, ['ada', 3])],
    ['a cancellation', true, () => read('meeting_cancelled', cancelled, ['ben', 2])],
    ['a cancellation that came too late', false, () => read('meeting_cancelled', moving, ['ben', 2])],
    ['a reminder of the time that stands', true, () => read('meeting_reminder', moving, ['ada', 1])],
    ['a reminder of a time that was moved', false, () => read('meeting_reminder', accepted, ['ada', 1])],
  ];
  for (const [what, isTold, truth] of told) {
    it(`${isTold ? 'tell' : 'do not tell'} ${what}`, () => void expect(truth()).to.equal(isTold));
  }

  it('tell nothing of an hour that has come, but that it was cancelled', () => {
    const reading = { memberId: 'ben', now: agreed.startsAt };
    expect(isTrueNews('meeting_agreed', agreed, { ...reading, sequence: 1 })).to.equal(false);
    expect(isTrueNews('meeting_reminder', agreed, { ...reading, sequence: 1 })).to.equal(false);
    expect(isTrueNews('meeting_move_suggested', moving, { ...reading, sequence: 2 })).to.equal(false);
    expect(isTrueNews('meeting_cancelled', cancelled, { ...reading, sequence: 2 })).to.equal(true);
  });
});
