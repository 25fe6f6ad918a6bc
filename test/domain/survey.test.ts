import { expect } from 'chai';
import { closingFactOf, type ClosingFact } from '../../service/domain/report/closing-fact.ts';
import { rawKeptSince } from '../../service/domain/survey.ts';
import { daysAgo, dialogueOf } from '../../service/demo/factories.ts';
import type { Dialogue } from '../../service/domain/dialogue.ts';

const zone = 'Europe/Paris';

describe('what a survey’s answer and a closed dialogue leave behind', () => {
  it('keeps single things for 24 months, also over a leap day', () => {
    expect(rawKeptSince('2026-11-22')).to.equal('2024-11-22');
    expect(rawKeptSince('2026-01-31')).to.equal('2024-01-31');
    expect(rawKeptSince('2028-02-29')).to.equal('2026-03-01');
  });

  const facts: [string, Partial<Dialogue>, Partial<ClosingFact>][] = [
    ['a month that has begun in Paris', { closedAt: new Date('2026-10-31T23:30:00Z') }, { month: '2026-11' }],
    ['a month that has not ended in Paris', { closedAt: new Date('2026-11-30T22:30:00Z') }, { month: '2026-11' }],
    ['less than a month', { introducedAt: daysAgo(29), closedAt: daysAgo(0) }, { duration: 'under_1_month' }],
    ['a month and more', { introducedAt: daysAgo(30), closedAt: daysAgo(0) }, { duration: '1_to_3_months' }],
    ['a quarter', { introducedAt: daysAgo(91), closedAt: daysAgo(0) }, { duration: '3_to_6_months' }],
    ['half a year', { introducedAt: daysAgo(183), closedAt: daysAgo(0) }, { duration: '6_to_12_months' }],
    ['years', { introducedAt: daysAgo(1000), closedAt: daysAgo(0) }, { duration: 'longer' }],
    ['two who never met', {}, { firstMeeting: 'none' }],
    ['two who were asked how it was', { closingSince: daysAgo(21) }, { surveyed: true }],
    [
      'a meeting on the 21st day',
      { introducedAt: daysAgo(21), firstHeldAt: daysAgo(0) },
      { firstMeeting: 'within_21_days' },
    ],
    ['a meeting on the 22nd day', { introducedAt: daysAgo(22), firstHeldAt: daysAgo(0) }, { firstMeeting: 'later' }],
  ];
  for (const [what, dialogue, expected] of facts) {
    it(`tells ${what} as ${Object.values(expected).join()}`, () => {
      const closed = dialogueOf({ status: 'closed', closing: 'completed', closedAt: daysAgo(0), ...dialogue });
      expect(closingFactOf(closed, { id: 'name', zone })).to.deep.include(expected);
    });
  }

  it('says of a closed dialogue nothing but these coarse facts, under the name it was given', () => {
    const closed = dialogueOf({
      status: 'closed',
      closing: 'no_contact',
      introducedAt: daysAgo(31),
      closedAt: daysAgo(1),
    });
    expect(closingFactOf(closed, { id: 'name', zone })).to.deep.equal({
      id: 'name',
      month: '2026-11',
      format: 'six_months',
      closing: 'no_contact',
      menteeLabId: 'etis',
      mentorLabId: 'lix',
      duration: '1_to_3_months',
      firstMeeting: 'none',
      surveyed: false,
    });
  });
});
