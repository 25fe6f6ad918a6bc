import { expect } from 'chai';
import fc from 'fast-check';
import { claimsAfter, claimsFor, type ClaimsInput } from '../../service/domain/meeting-claims.ts';

const halfHour = 1_800_000;
const monday = Date.parse('2026-11-30T08:00:00Z');
const at = (halfHours: number): Date => new Date(monday + halfHours * halfHour);
const claims = (input: Partial<ClaimsInput>, taken: readonly string[] = []): string[] | undefined =>
  claimsFor(
    { startsAt: at(0), minutes: 60, people: [{ memberId: 'ada', wishes: { marginMinutes: 0 } }], ...input },
    new Set(taken),
  );

describe('The time that a meeting takes', () => {
  it('is each half-hour of each of the two, whatever its length, and the margin of each after it', () => {
    const people = [
      { memberId: 'ada', wishes: { marginMinutes: 15 } },
      { memberId: 'ben', wishes: { marginMinutes: 0 } },
    ];
    const of = (minutes: number): number[] => {
      const keys = claims({ people, minutes }) ?? [];
      return ['ada', 'ben'].map((id) => keys.filter((key) => key.startsWith(`${id} `)).length);
    };
    expect([30, 45, 60].map(of)).to.deep.equal([
      [2, 1],
      [2, 2],
      [3, 2],
    ]);
  });

  it('is none where one of them has planned something else', () => {
    const [first = '', second = ''] = claims({}) ?? [];
    expect([claims({}, [first]), claims({}, [second])]).to.deep.equal([undefined, undefined]);
    expect(claims({}, [first.replace('ada', 'ben')])).to.deep.equal([first, second]);
  });

  it('is one of as many places as the mentor wants in a week that begins on Monday in their lab', () => {
    const limit = { memberId: 'ada', zone: 'Pacific/Noumea', mostAWeek: 2 };
    const week = (startsAt: Date, taken: string[] = []): string | undefined =>
      claims({ startsAt, limit }, taken)?.find((key) => key.includes('week'));
    expect(week(at(0))).to.equal('ada week 2026-11-30 1');
    expect(week(at(0), ['ada week 2026-11-30 1'])).to.equal('ada week 2026-11-30 2');
    expect(week(at(0), ['ada week 2026-11-30 1', 'ada week 2026-11-30 2'])).to.equal(undefined);
    // In Nouméa it is Monday already when it is Sunday afternoon in Paris.
    expect(week(new Date('2026-12-06T14:00:00Z'))).to.equal('ada week 2026-12-07 1');
  });

  it('leaves the place in the week when it is over, and nothing else', () => {
    expect(claimsAfter(['ada 1', 'ben 1', 'ada week 2026-11-30 1'])).to.deep.equal(['ada week 2026-11-30 1']);
    expect([claimsAfter(['ada 1']), claimsAfter()]).to.deep.equal([null, null]);
  });

  it('meets that of another exactly if the two overlap, or have less than the margin between them', () => {
    const length = fc.constantFrom(30, 45, 60);
    fc.assert(
      fc.property(
        fc.tuple(length, length),
        fc.constantFrom(0, 15, 30),
        fc.nat(6),
        ([one, other], marginMinutes, gap) => {
          const people = [{ memberId: 'ada', wishes: { marginMinutes } }];
          const taken = claims({ startsAt: at(3), minutes: one, people }) ?? [];
          const startsAt = at(gap);
          const [begin, end] = [startsAt.getTime(), startsAt.getTime() + other * 60_000];
          const [takenFrom, takenTo] = [at(3).getTime(), at(3).getTime() + one * 60_000];
          const between = Math.max(begin - takenTo, takenFrom - end) / 60_000;
          expect(claims({ startsAt, minutes: other, people }, taken) === undefined).to.equal(between < marginMinutes);
        },
      ),
      { numRuns: 300 },
    );
  });
});
