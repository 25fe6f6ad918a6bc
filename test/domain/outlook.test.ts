// What the table of the night says of a request, and what it does not.
import { expect } from 'chai';
import { usualHalfDays } from '../../service/domain/usual-half-days.ts';
import { cellsOf, makeOutlook, outlookOf, type OutlookTable } from '../../service/domain/outlook.ts';
import { defaultMatchRules } from '../../service/domain/matching/index.ts';
import type { Profile } from '../../service/domain/member.ts';
import type { MentorOffer } from '../../service/domain/mentor-offer.ts';
import type { Wishes } from '../../service/domain/mentoring-request.ts';
import { memberOf, requestOf } from '../../service/demo/factories.ts';

const { conditions } = defaultMatchRules;
const anyTime = { anyTime: true, windows: [], absences: [] };
const mentor = (profile: Partial<Profile> = {}, offer: Partial<MentorOffer> = {}) => {
  const { profile: usual, offer: usualOffer } = memberOf({ profile: { availability: anyTime, ...profile }, offer });
  if (!usual || !usualOffer) throw new Error('an invented mentor without an offer');
  return { profile: usual, offer: usualOffer };
};
const paris = { zone: 'Europe/Paris', closures: [] };
const halfDaysOf = ({ availability, modalities }: Profile): string[] =>
  usualHalfDays(
    { availability, modalities, calendar: paris },
    { from: new Date('2026-11-16T03:00:00Z'), zone: paris.zone, halfHours: 2 },
  );
type Mentor = ReturnType<typeof mentor>;
const some = (count: number, one: Mentor): Mentor[] => Array.from({ length: count }, () => one);

function tableOf(mentors: readonly Mentor[], phantoms: (cell: string) => number = () => 0): OutlookTable {
  const counts = new Map<string, number>();
  for (const cell of mentors.flatMap((one) => [...cellsOf(one, halfDaysOf(one.profile))]))
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return makeOutlook('2026-11-16', counts, phantoms);
}

function ask(table: OutlookTable, wishes: Partial<Wishes> = {}, profile: Partial<Profile> = {}) {
  const request = requestOf({ memberId: 'm' });
  const asking: Profile = { ...mentor().profile, languages: ['fr'], modalities: ['video'], ...profile };
  return outlookOf(table, {
    wishes: { ...request.wishes, topics: ['conflict'], format: 'one_off', labPreference: 'any', ...wishes },
    profile: asking,
    halfDays: halfDaysOf(asking),
    conditions,
  });
}

const fits = mentor({ languages: ['fr'], modalities: ['video'] }, { topics: ['conflict'], formats: ['one_off'] });

describe('The outlook of a request', () => {
  it('is hardly anybody below five, few below fifteen, several from there, whatever the phantoms add', () => {
    const at = (count: number, phantoms = 0): string => ask(tableOf(some(count, fits), () => phantoms)).outlook;
    expect([0, 1, 4, 5, 14, 15, 90].map((count) => at(count))).to.deep.equal([
      'hardly_any',
      'hardly_any',
      'hardly_any',
      'few',
      'few',
      'several',
      'several',
    ]);
    expect([at(0, 4), at(1, 4), at(10, 4), at(11, 4)]).to.deep.equal(['hardly_any', 'few', 'few', 'several']);
  });

  it('is that of the rarest wish, and names the wishes that hardly any mentor meets where several are', () => {
    const table = tableOf([
      ...some(20, fits),
      ...some(3, mentor({ languages: ['de'], modalities: ['phone'] }, { topics: ['self_confidence'] })),
    ]);
    expect(ask(table)).to.deep.equal({ outlook: 'several', limits: [], on: '2026-11-16', isSmall: false });
    expect(ask(table, {}, { languages: ['de'] })).to.deep.include({ outlook: 'hardly_any', limits: ['language'] });
    expect(ask(table, {}, { languages: ['de', 'fr'] }).limits).to.deep.equal([]);
    expect(ask(table, { topics: ['self_confidence'] }, { modalities: ['phone'] }).limits).to.deep.equal([
      'topic',
      'modality',
    ]);
    expect(ask(table, { topics: [], keptForConversation: true }).limits).to.deep.equal([]);
    expect(ask(table, { topics: ['self_confidence', 'conflict'] }).limits).to.deep.equal([]);
    expect(ask(table, {}, { availability: { ...anyTime, anyTime: false } }).limits).to.deep.equal(['availability']);
  });

  it('blames no wish where the programme itself is small', () => {
    expect(ask(tableOf(some(3, fits)))).to.deep.include({ outlook: 'hardly_any', limits: [], isSmall: true });
  });

  it('names the choice of lab whenever it leaves labs out, without looking at anybody', () => {
    for (const table of [tableOf([]), tableOf(some(30, fits))]) {
      expect(ask(table, { labPreference: 'same_only' }).limits).to.deep.equal(['lab']);
      expect(ask(table, { labPreference: 'other_only' }).limits).to.deep.equal(['lab']);
      expect(ask(table, { labPreference: 'other_preferred' }).limits).to.deep.equal([]);
    }
  });

  it('names no wish that is no condition of the rules in force', () => {
    const table = tableOf(some(20, fits));
    const asked = { wishes: requestOf({ memberId: 'm', wishes: { topics: ['conflict'], format: 'one_off' } }).wishes };
    const german = { ...fits.profile, languages: ['de'] as const };
    const halfDays = halfDaysOf(fits.profile);
    const lifted = { ...conditions, language: false };
    expect(outlookOf(table, { ...asked, halfDays, profile: german, conditions }).limits).to.deep.equal(['language']);
    expect(outlookOf(table, { ...asked, halfDays, profile: german, conditions: lifted }).limits).to.deep.equal([]);
  });

  it('keeps classes only: no table tells a count', () => {
    const table = tableOf([...some(17, fits), ...some(2, mentor({ languages: ['it'] }))]);
    expect(new Set(Object.values(table.cells))).to.deep.equal(new Set(['several']));
    expect(JSON.stringify(table)).not.to.match(/\b(?:2|17|19)\b(?!-)/u);
    expect(Object.keys(table.cells)).not.to.include('language it');
  });
});
