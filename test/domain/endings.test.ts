// Shares of closed dialogues and of answers: when they are released, how they are rounded, and that no two releases overlap.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  releaseEndings,
  releaseQuality,
  type CountedAnswer,
  type CountedFact,
  type QualityFigures,
} from '../../service/domain/report/endings.ts';
import { nextBlock, rateOf, type Block } from '../../service/domain/report/release.ts';
import type { ProposalSide } from '../../service/domain/proposal.ts';
import type { SurveyReply } from '../../service/domain/survey.ts';

const hidden = { shown: false };
const percent = (value: number) => ({ shown: true, percent: value });

function facts(count: number, one: Partial<CountedFact> = {}): CountedFact[] {
  const fact: CountedFact = {
    ...{ month: '2026-02', format: 'six_months', closing: 'completed', menteeLabId: 'etis', mentorLabId: 'lix' },
    ...{ duration: '3_to_6_months', firstMeeting: 'within_21_days', surveyed: true },
    ...one,
  };
  return Array.from({ length: count }, () => fact);
}

function answers(
  count: number,
  { side = 'mentee', useful = 'yes', quarter = '2026-Q1' }: AnswerFacts = {},
): CountedAnswer[] {
  const replies = { useful, received: 'no', confidential: 'unsaid', outside_hierarchy: 'rather_yes' } as const;
  return Array.from({ length: count }, () => ({ side, quarter, replies }));
}

interface AnswerFacts {
  readonly side?: ProposalSide;
  readonly useful?: SurveyReply;
  readonly quarter?: string;
}

interface Known {
  readonly before?: string;
  readonly last?: QualityFigures | undefined;
  readonly asked?: CountedFact[];
}

const quality = (given: CountedAnswer[], { before = '2026-Q2', last, asked = [] }: Known = {}) =>
  releaseQuality({ facts: asked, answers: given, before }, last);

describe('the shares of closed dialogues', () => {
  describe('a rate', () => {
    const rates: [number, number, object][] = [
      [9, 9, hidden],
      [0, 0, hidden],
      [7, 10, percent(70)],
      [1, 12, percent(10)],
      [1, 49, percent(0)],
      [48, 49, percent(100)],
      [1, 50, percent(2)],
      [30, 20, percent(100)],
    ];
    for (const [part, whole, expected] of rates) {
      it(`of ${part} in ${whole} is shown as ${JSON.stringify(expected)}`, () => {
        expect(rateOf(part, whole)).to.deep.equal(expected);
      });
    }
  });

  describe('of endings', () => {
    it('are told from 25 dialogues on, in the quarters that can change no more', () => {
      expect(releaseEndings({ facts: facts(24), answers: [], before: '2026-Q2' })).to.equal(undefined);
      expect(releaseEndings({ facts: facts(25), answers: [], before: '2026-Q1' })).to.equal(undefined);
      const some = [
        ...facts(10),
        ...facts(10, { month: '2025-11', closing: 'no_contact', duration: '1_to_3_months', firstMeeting: 'none' }),
        ...facts(5, { closing: 'ended_early', mentorLabId: 'etis', firstMeeting: 'later' }),
      ];
      expect(releaseEndings({ facts: some, answers: [], before: '2026-Q2' })).to.deep.equal({
        from: '2025-Q4',
        until: '2026-Q1',
        closings: { completed: percent(40), ended_early: percent(20), no_contact: percent(40) },
        durations: {
          under_1_month: percent(0),
          '1_to_3_months': percent(40),
          '3_to_6_months': percent(60),
          '6_to_12_months': percent(0),
          longer: percent(0),
        },
        metSoon: percent(40),
        acrossLabs: percent(80),
      });
    });
  });

  describe('of answers', () => {
    it('are told from ten answers on; who prefers not to say is no part of a share', () => {
      expect(quality(answers(9))).to.equal(undefined);
      const told = quality([...answers(8), ...answers(4, { useful: 'no' }), ...answers(3, { useful: 'unsaid' })]);
      expect(told).to.deep.include({ from: '2026-Q1', until: '2026-Q1', answers: 15, responses: hidden });
      expect(told?.questions.useful.all).to.deep.equal(percent(65));
      expect(told?.questions.received.all).to.deep.equal(percent(0));
      expect(told?.questions.confidential.all).to.deep.equal(hidden);
    });

    it('are told by side only where both sides are enough', () => {
      const mentors = (count: number) => answers(count, { side: 'mentor', useful: 'no' });
      const one = quality([...answers(20), ...mentors(9)])?.questions.useful;
      expect(one).to.deep.equal({ all: percent(70), mentee: hidden, mentor: hidden });
      const both = quality([...answers(20), ...mentors(10)])?.questions.useful;
      expect(both).to.deep.equal({ all: percent(65), mentee: percent(100), mentor: percent(0) });
    });

    it('say how many of those who were asked in these quarters answered', () => {
      const asked = [...facts(10), ...facts(10, { surveyed: false }), ...facts(10, { month: '2026-04' })];
      expect(quality(answers(13), { asked })?.responses).to.deep.equal(percent(65));
    });
  });

  it('stay as they were released until another block holds enough, which begins after the last', () => {
    const first = quality(answers(10));
    const later = [...answers(10), ...answers(9, { quarter: '2026-Q2', useful: 'no' })];
    expect(quality(later, { before: '2026-Q3', last: first })).to.equal(first);
    const next = quality([...later, ...answers(1, { quarter: '2026-Q3', useful: 'no' })], {
      before: '2026-Q4',
      last: first,
    });
    expect(next).to.include({ from: '2026-Q2', until: '2026-Q3', answers: 10 });
    expect(next?.questions.useful.all).to.deep.equal(percent(0));
  });

  it('never count anything twice nor in a block that is too small, whatever comes when', () => {
    const quarters = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3'];
    const counts = fc.array(fc.nat(14), { minLength: quarters.length, maxLength: quarters.length });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 30 }), (perQuarter, least) => {
        const items = quarters.flatMap((quarter, at) =>
          Array.from({ length: perQuarter[at] ?? 0 }, (_, nth) => ({ quarter, nth })),
        );
        const seen: object[] = [];
        let last: Block | undefined;
        for (const before of [...quarters, '2026-Q4']) {
          // At each moment only what has come by then is known.
          const known = items.filter(({ quarter }) => quarter <= before);
          const next = nextBlock({
            items: known,
            quarterOf: ({ quarter }) => quarter,
            before,
            least,
            ...(last && { last }),
          });
          if (!next) continue;
          expect(next.counted.length).to.be.at.least(least);
          if (last) expect(next.block.from > last.until).to.equal(true);
          expect(next.block.until < before).to.equal(true);
          seen.push(...next.counted);
          last = next.block;
        }
        expect(new Set(seen).size).to.equal(seen.length);
        const waiting = items.length - seen.length;
        expect(waiting).to.be.below(least);
      }),
    );
  });
});
