import { expect } from 'chai';
import { checkAvailability, isAbsentOn, startsIn, weeklySlots } from '../../service/domain/availability.ts';
import { MentoringError } from '../../service/domain/errors.ts';

const monday = (from: number, to: number) => ({ weekday: 1, from, to });

describe('Availability', () => {
  it('counts the half-hours of overlapping windows once', () => {
    const slots = weeklySlots({ anyTime: false, windows: [monday(540, 600), monday(570, 630)] });
    expect(slots).to.deep.equal([18, 19, 20]);
  });

  it('means office hours of working days for somebody who is free at any time', () => {
    const slots = weeklySlots({ anyTime: true, windows: [] });
    expect(slots).to.have.length(5 * 24);
    expect([slots[0], slots.at(-1)]).to.deep.equal([16, 4 * 48 + 39]);
  });

  it('finds an hour only where two half-hours follow each other, past midnight and the week’s end as well', () => {
    expect(startsIn([0, 46, 47, 48, 60, 335], 2)).to.deep.equal([46, 47, 335]);
  });

  it('includes both ends of an absence', () => {
    const availability = { absences: [{ fromOn: '2026-11-02', toOn: '2026-11-04' }] };
    const days = ['2026-11-01', '2026-11-02', '2026-11-04', '2026-11-05'];
    expect(days.map((day) => isAbsentOn(availability, day))).to.deep.equal([false, true, true, false]);
  });

  const unsound = {
    'a weekday that does not exist': { windows: [{ weekday: 8, from: 540, to: 600 }], absences: [] },
    'a window that ends before it starts': { windows: [monday(600, 540)], absences: [] },
    'a time between half-hours': { windows: [monday(545, 600)], absences: [] },
    'an absence that ends before it starts': { windows: [], absences: [{ fromOn: '2026-11-04', toOn: '2026-11-02' }] },
  };
  for (const [what, parts] of Object.entries(unsound)) {
    it(`refuses ${what}`, () => {
      expect(() => checkAvailability({ anyTime: false, ...parts })).to.throw(MentoringError, 'availability_invalid');
    });
  }
});
