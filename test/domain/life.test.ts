// The tables of states, read as a whole: nothing is forgotten, nothing is stuck, nothing goes a way that the table lacks.
import { expect } from 'chai';
import { caseLife } from '../../service/domain/case.ts';
import { dialogueLife, dialogueTimers, type DialogueStatus } from '../../service/domain/dialogue.ts';
import { nextDue, type Timer } from '../../service/domain/follow-up.ts';
import { checkChange, checkNew, hasOwnDue, type Life } from '../../service/domain/life.ts';
import { meetingLife } from '../../service/domain/meeting.ts';
import { membershipLife, memberTimers } from '../../service/domain/member.ts';
import { requestLife, requestTimers } from '../../service/domain/mentoring-request.ts';
import { proposalLife, proposalTimers } from '../../service/domain/proposal.ts';
import { usualSteps } from '../../service/domain/usual-steps.ts';
import { dialogueOf, inventedNow, memberOf, proposalOf, requestOf } from '../../service/demo/factories.ts';

const lives: Record<string, { life: Life<string>; first: readonly string[] }> = {
  membership: { life: membershipLife, first: ['draft'] },
  request: { life: requestLife, first: ['open'] },
  proposal: { life: proposalLife, first: ['sent'] },
  dialogue: { life: dialogueLife, first: ['introduced'] },
  meeting: { life: meetingLife, first: ['suggested'] },
  case: { life: caseLife, first: ['open'] },
};

/** The states that another life's record waits in, while this one waits with it. */
const partners: Record<string, { life: Life<string>; states: readonly string[] }> = {
  proposal: { life: proposalLife, states: ['sent', 'half_accepted'] },
  dialogue: { life: dialogueLife, states: ['introduced', 'active', 'on_hold', 'closing'] },
};

const calendar = { zone: 'Europe/Paris', closures: [] };
const rules = { steps: usualSteps, calendar, zone: 'Europe/Paris' };
const weeksLater = (weeks: number): Date => new Date(inventedNow.getTime() + weeks * 7 * 86_400_000);

describe('The states of the programme', () => {
  for (const [name, { life, first }] of Object.entries(lives)) {
    const states = Object.entries(life);

    it(`of a ${name}: each has something due, waits with a record that has, or is final`, () => {
      for (const [state, { becomes, waitsFor }] of states) {
        if (waitsFor === 'nothing') {
          expect(becomes, state).to.deep.equal([]);
          continue;
        }
        // A case that is closed and a member who is erased wait for their deletion: they become nothing else.
        const goesOn = 'timers' in waitsFor || ('instant' in waitsFor && waitsFor.instant === 'its deletion');
        if (!goesOn) expect(becomes, state).not.to.deep.equal([]);
        if ('timers' in waitsFor) {
          expect(waitsFor.timers, state).not.to.deep.equal([]);
          for (const timer of waitsFor.timers) expect(usualSteps[timer], timer).not.to.deep.equal([]);
        }
        if ('with' in waitsFor) {
          const { life: other, states: waiting } = partners[waitsFor.with]!;
          expect(waiting.filter((one) => !hasOwnDue(other[one]!))).to.deep.equal([]);
        }
      }
    });

    it(`of a ${name}: each is reached from the first, and reaches an end`, () => {
      const reach = (from: readonly string[]): Set<string> => {
        const seen = new Set(from);
        for (const state of seen) for (const next of life[state]!.becomes) seen.add(next);
        return seen;
      };
      expect([...reach(first)].sort()).to.deep.equal(Object.keys(life).sort());
      for (const [state] of states) {
        expect([...reach([state])].some((one) => life[one]!.becomes.length === 0)).to.equal(true);
      }
    });

    it(`of a ${name}: whatever the table does not know is refused with a code`, () => {
      for (const [from, { becomes }] of states) {
        for (const [to] of states) {
          const isKnown = to === from || becomes.includes(to);
          const change = (): void => {
            checkChange(life, [from], { status: to });
          };
          if (isKnown) expect(change).not.to.throw();
          else expect(change).to.throw().with.property('code', 'illegal_transition');
        }
      }
    });

    it(`of a ${name}: nobody begins one, or leaves one, without what it waits for`, () => {
      for (const [state, rule] of states.filter(([, one]) => hasOwnDue(one))) {
        const make = (): void => {
          checkNew(life, { status: state });
        };
        const forget = (): void => {
          checkChange(life, [state], { status: state, due: null });
        };
        expect(make, rule.becomes.join()).to.throw().with.property('code', 'illegal_transition');
        expect(forget).to.throw().with.property('code', 'illegal_transition');
      }
    });
  }

  const withTimers: Record<string, (status: string) => Timer[]> = {
    membership: (status) => memberTimers({ ...memberOf({ offer: {} }), status: status as 'active' }, rules),
    request: () => requestTimers(requestOf(), rules),
    proposal: () => proposalTimers(proposalOf(), rules),
    dialogue: (status) =>
      dialogueTimers({ ...dialogueOf(), status: status as DialogueStatus, plannedEndOn: '2027-05-01' }, rules),
  };

  for (const [name, timersOf] of Object.entries(withTimers)) {
    it(`of a ${name}: there is a next step at any time, until one ends the state`, () => {
      const { life } = lives[name]!;
      for (const [state, rule] of Object.entries(life)) {
        if (!hasOwnDue(rule) || rule.waitsFor === 'nothing' || !('timers' in rule.waitsFor)) continue;
        for (const weeks of [0, 1, 5, 20, 60, 200]) {
          expect(nextDue(timersOf(state), weeksLater(weeks)), `${state} after ${String(weeks)} weeks`).not.to.equal(
            undefined,
          );
        }
        const ends = timersOf(state).flatMap(({ steps }) => steps.filter((step) => step.ends));
        expect(ends.length, state).to.be.greaterThan(0);
      }
    });
  }
});
