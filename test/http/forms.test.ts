// Forms: what they accept, what they refuse, and what they say.
import { expect } from 'chai';
import type { Availability } from '../../service/domain/availability.ts';
import { availabilityForm, availabilityRaw } from '../../service/http/forms/availability.ts';
import { charterForm } from '../../service/http/forms/charter.ts';
import { readForm, type Reading } from '../../service/http/forms/form.ts';
import { mentorForm, pauseForm } from '../../service/http/forms/mentor.ts';
import { languageForm, meetingForm } from '../../service/http/forms/meeting.ts';
import { profileForm } from '../../service/http/forms/profile.ts';
import { runAddress } from '../../service/http/present/match-run.ts';
import { requestForm } from '../../service/http/forms/request.ts';
import { charterAnswers, offerAnswers, profileAnswers, requestAnswers } from '../support/people.ts';

const messages = (reading: Reading<unknown>): string[] =>
  reading.ok ? [] : reading.problems.map(({ message }) => message);
const fields = (reading: Reading<unknown>): string[] => (reading.ok ? [] : reading.problems.map(({ field }) => field));
function valuesOf<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join());
  return reading.values;
}

describe('forms', () => {
  it('refuse a field that is not theirs, and objects in place of text', () => {
    expect(messages(readForm(charterForm, { ...charterAnswers('Ada'), admin: 'yes' }))).to.deep.equal([
      'forms:unreadable',
    ]);
    expect(readForm(charterForm, { ...charterAnswers('Ada'), email: { $gt: '' } }).ok).to.equal(false);
    expect(readForm(charterForm, undefined).ok).to.equal(false);
  });

  it('leave the protection token out of what is filled in again', () => {
    expect(readForm(charterForm, { _csrf: 'token', name: 'Ada' }).raw).to.deep.equal({ name: 'Ada' });
  });

  it('name each missing answer once, in the order of the form', () => {
    expect(fields(readForm(profileForm, {}))).to.deep.equal(['name', 'email', 'careerStage', 'language', 'modalities']);
  });

  it('order languages with the preferred one first and each once', () => {
    const { languages } = valuesOf(
      readForm(profileForm, { ...profileAnswers('Ada'), language: 'en', otherLanguages: ['fr', 'en'] }),
    );
    expect(languages).to.deep.equal(['en', 'fr']);
  });

  it('read addresses one per line, with blanks and commas forgiven', () => {
    const { supervisors } = valuesOf(
      readForm(profileForm, {
        ...profileAnswers('Ada'),
        supervisors: ' a@lab.example\r\n\r\nb@lab.example, c@lab.example ',
      }),
    );
    expect(supervisors).to.deep.equal(['a@lab.example', 'b@lab.example', 'c@lab.example']);
  });

  it('ask for complete addresses of persons to avoid', () => {
    expect(fields(readForm(profileForm, { ...profileAnswers('Ada'), avoid: 'Bob' }))).to.deep.equal(['avoid']);
  });

  it('order topics by wish, then the others, each once', () => {
    const form = { ...requestAnswers, wish2: '', wish3: 'conflict', topics: ['conflict', 'work_environment'] };
    const { wishes } = valuesOf(readForm(requestForm, form));
    expect(wishes.topics).to.deep.equal(['career_project', 'conflict', 'work_environment']);
  });

  it('accept a request without a topic only when it is kept for the conversation', () => {
    const nothing = { format: 'one_off', labPreference: 'any' };
    expect(messages(readForm(requestForm, nothing))).to.deep.equal(['forms:wanted_topics']);
    expect(readForm(requestForm, { ...nothing, keptForConversation: 'yes' }).ok).to.equal(true);
  });

  it('count a message as the browser does, and refuse 281 characters', () => {
    const message = `${'a'.repeat(140)}\r\n${'b'.repeat(139)}`;
    expect(valuesOf(readForm(requestForm, { ...requestAnswers, message })).message).to.have.lengthOf(280);
    expect(messages(readForm(requestForm, { ...requestAnswers, message: 'a'.repeat(281) }))).to.deep.equal([
      'forms:message',
    ]);
  });

  it('bring whoever changes the language back to any page of ours, a matching run’s too, and nowhere else', () => {
    const mayGoBack = (back: string): boolean => readForm(languageForm, { locale: 'en', back }).ok;
    const pages = [
      '/',
      '/mentor/availability',
      '/dialogues/req_1-0-regular',
      runAddress('regular 2026-11-24T05:00:00.000Z'),
    ];
    expect(pages.filter((page) => !mayGoBack(page))).to.deep.equal([]);
    const elsewhere = [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/a//b',
      '/a?b=c',
      'evil',
      '/a b',
      '',
    ];
    expect(elsewhere.filter(mayGoBack)).to.deep.equal([]);
  });

  it('accept capacities from 1 to 5 only', () => {
    expect(valuesOf(readForm(mentorForm, { ...offerAnswers, capacity: '5' })).capacity).to.equal(5);
    expect(messages(readForm(mentorForm, { ...offerAnswers, capacity: '6' }))).to.deep.equal(['forms:capacity']);
  });

  it('accept a pause until a later day, or none', () => {
    const form = pauseForm('2026-11-23');
    expect(readForm(form, { until: '2026-11-24' }).ok).to.equal(true);
    expect(readForm(form, {}).ok).to.equal(true);
    expect(messages(readForm(form, { until: '2026-11-23' }))).to.deep.equal(['forms:pause']);
    expect(messages(readForm(form, { until: '2026-02-30' }))).to.deep.equal(['forms:date']);
  });

  it('ask for a time and a way to meet', () => {
    expect(messages(readForm(meetingForm, { startsAt: '' }))).to.deep.equal(['forms:starts_at', 'forms:modality']);
  });
});

describe('the availability form', () => {
  const today = '2026-11-23';

  it('joins ticked half-days and own windows that touch', () => {
    const { windows } = valuesOf(
      readForm(availabilityForm(today), { half1: 'morning', from1_1: '11:00', to1_1: '14:00' }),
    );
    expect(windows).to.deep.equal([{ weekday: 1, from: 540, to: 840 }]);
  });

  it('says which end of a window is missing or too early', () => {
    expect(fields(readForm(availabilityForm(today), { from1_1: '10:00' }))).to.deep.equal(['to1_1']);
    expect(fields(readForm(availabilityForm(today), { to2_3: '10:00' }))).to.deep.equal(['from2_3']);
    expect(fields(readForm(availabilityForm(today), { from1_1: '10:00', to1_1: '10:00' }))).to.deep.equal(['to1_1']);
  });

  it('refuses hours off the half-hour, and an empty week', () => {
    expect(messages(readForm(availabilityForm(today), { from1_1: '10:15', to1_1: '12:00' }))).to.deep.equal([
      'forms:time',
    ]);
    expect(messages(readForm(availabilityForm(today), {}))).to.deep.equal(['forms:no_window']);
  });

  it('refuses a window in which no meeting fits, at midnight only where the other side of it is free as well', () => {
    const read = (form: Record<string, string>) => fields(readForm(availabilityForm(today), form));
    expect(read({ from3_1: '00:00', to3_1: '00:30' })).to.deep.equal(['to3_1']);
    expect(read({ from7_1: '23:30', to7_1: '24:00' })).to.deep.equal(['to7_1']);
    expect(read({ from7_1: '23:30', to7_1: '24:00', from1_1: '00:00', to1_1: '00:30' })).to.deep.equal([]);
    expect(read({ from2_1: '23:30', to2_1: '24:00', from3_1: '00:00', to3_1: '02:00' })).to.deep.equal([]);
  });

  it('takes one date for a day away, and refuses one that ends before it begins', () => {
    const one = valuesOf(readForm(availabilityForm(today), { anyTime: 'yes', awayFrom0: '2026-12-01' }));
    expect(one.absences).to.deep.equal([{ fromOn: '2026-12-01', toOn: '2026-12-01' }]);
    const wrong = readForm(availabilityForm(today), { anyTime: 'yes', awayFrom1: '2026-12-02', awayTo1: '2026-12-01' });
    expect(fields(wrong)).to.deep.equal(['awayTo1']);
  });

  it('refuses an absence that is over: another year was meant', () => {
    const away = (fromOn: string, toOn: string) =>
      readForm(availabilityForm(today), { anyTime: 'yes', awayFrom2: fromOn, awayTo2: toOn });
    const over = away('2025-12-20', '2026-01-03');
    expect([fields(over), messages(over)]).to.deep.equal([['awayTo2'], ['forms:past_absence']]);
    // Begun already; and of a page that was opened the day before.
    for (const last of ['2026-12-20', today, '2026-11-22']) expect(away('2026-11-02', last).ok, last).to.equal(true);
    expect(away('2026-11-02', '2026-11-21').ok).to.equal(false);
  });

  it('shows what is stored so that saving it again changes nothing, and drops past absences', () => {
    const stored: Availability = {
      anyTime: false,
      windows: [
        { weekday: 1, from: 540, to: 720 },
        { weekday: 1, from: 780, to: 840 },
        { weekday: 7, from: 0, to: 1440 },
      ],
      absences: [
        { fromOn: '2026-01-01', toOn: '2026-01-02' },
        { fromOn: '2026-12-01', toOn: '2026-12-05' },
      ],
    };
    const again = valuesOf(readForm(availabilityForm(today), availabilityRaw(stored, '2026-11-23')));
    expect(again).to.deep.equal({ ...stored, absences: stored.absences.slice(1) });
  });

  it('take a window in which no meeting fits for a slip, unless another one of the day goes on with it', () => {
    const of = (windows: Record<string, string>) => readForm(availabilityForm(today), windows);
    const short = of({ half1: 'morning', from2_1: '09:00', to2_1: '12:00', from2_2: '14:00', to2_2: '14:30' });
    expect([fields(short), messages(short)]).to.deep.equal([['to2_2'], ['forms:short_window']]);
    for (const good of [
      { from2_1: '14:00', to2_1: '15:00' },
      { from2_1: '14:00', to2_1: '14:30', from2_2: '14:30', to2_2: '15:00' },
      { half2: 'morning', from2_1: '12:00', to2_1: '12:30' },
      { from2_1: '23:30', to2_1: '24:00', from3_1: '00:00', to3_1: '00:30' },
    ]) {
      expect(of(good).ok, JSON.stringify(good)).to.equal(true);
    }
  });
});
