// Codes and instants in words.
import path from 'node:path';
import { expect } from 'chai';
import type { Fact } from '../../service/domain/matching/index.ts';
import { presentReasons } from '../../service/http/present/reasons.ts';
import { halfDayWords, told, toldDay } from '../../service/http/present/words.ts';
import { createSentences } from '../../views/sentences.ts';

const sentences = createSentences(path.resolve(import.meta.dirname, '../../views/locales'));
const french = { t: sentences.in('fr'), locale: 'fr' } as const;
const english = { t: sentences.in('en'), locale: 'en' } as const;
const lab = (zone: string) => ({
  id: 'lab',
  name: 'Lab',
  calendar: { zone, closures: [] },
  referral: [],
  referralToComplete: false,
});

describe('words', () => {
  it('tell an instant in the zone of the lab, across the change of clocks', () => {
    const before = new Date('2027-03-27T09:00:00Z');
    const after = new Date('2027-03-28T09:00:00Z');
    expect(told({ locale: 'fr', lab: lab('Europe/Paris') }, before, 'moment')).to.equal('samedi 27 mars à 10:00');
    expect(told({ locale: 'fr', lab: lab('Europe/Paris') }, after, 'time')).to.equal('11:00');
    expect(told({ locale: 'en', lab: lab('Indian/Reunion') }, after, 'time')).to.equal('13:00');
  });

  it('tell a local day as the day it is, whatever the machine’s zone', () => {
    expect(toldDay(french, '2026-12-31')).to.equal('31 décembre 2026');
    expect(toldDay(english, '2026-12-31')).to.equal('31 December 2026');
  });

  it('tell half-days in few words', () => {
    const week = [1, 2, 3, 4, 5].flatMap((day) => [`${day}am`, `${day}pm`]);
    expect(halfDayWords(french, week)).to.equal('du lundi au vendredi');
    expect(halfDayWords(english, [...week, '6am'])).to.equal('Monday to Friday and Saturday morning');
    expect(halfDayWords(french, ['2am', '4am', '4pm'])).to.equal('mardi matin et jeudi');
    expect(halfDayWords(french, [])).to.equal('À convenir');
  });
});

describe('the reasons of a match', () => {
  const reasons = (
    facts: Fact[],
    side: 'mentee' | 'mentor',
    viewer: typeof french | typeof english = french,
  ): string[] => presentReasons({ ...viewer, side }, [{ part: 'lab', points: 1, max: 1, facts }]);

  it('never tell the other person’s lab', () => {
    for (const side of ['mentee', 'mentor'] as const) {
      expect(reasons([{ code: 'same_lab' }, { code: 'other_lab' }], side)).to.deep.equal([]);
    }
  });

  it('tell a met wish about the lab to the person whose wish it is', () => {
    const wish: Fact = { code: 'lab_preference', preference: 'other_only', met: true };
    expect(reasons([wish], 'mentee')).to.have.lengthOf(1);
    expect(reasons([wish], 'mentor')).to.deep.equal([]);
    expect(reasons([{ ...wish, preference: 'any' }], 'mentee')).to.deep.equal([]);
  });

  it('tell the order of the wishes to the mentee only', () => {
    const first: Fact = { code: 'first_wish_met', topic: 'conflict' };
    expect(reasons([first], 'mentee', english)).to.deep.equal([
      'Your first topic is among them: Conflict between people.',
    ]);
    expect(reasons([first], 'mentor', english)).to.deep.equal([]);
  });

  it('tell each side about its own language', () => {
    const fact: Fact = { code: 'first_language_of', side: 'mentor' };
    expect(reasons([fact], 'mentor', english)).to.deep.equal(['You can talk in your preferred language.']);
    expect(reasons([fact], 'mentee', english)).to.deep.equal([]);
  });

  it('say the same thing once', () => {
    expect(reasons([{ code: 'kept_for_conversation' }, { code: 'kept_for_conversation' }], 'mentee')).to.have.lengthOf(
      1,
    );
  });
});
