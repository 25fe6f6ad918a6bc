// Forms: what they accept, what they refuse, and what they say.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Availability } from '../../service/domain/availability.ts';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import { modalities } from '../../service/domain/terms.ts';
import { windowsOf } from '../../service/domain/week-cells.ts';
import { availabilityForm, availabilityRaw, weekToLeaveOut } from '../../service/http/forms/availability.ts';
import { charterForm } from '../../service/http/forms/charter.ts';
import { readForm, type Reading } from '../../service/http/forms/form.ts';
import { mentorForm, mentorRaw, pauseForm } from '../../service/http/forms/mentor.ts';
import { languageForm, meetingForm } from '../../service/http/forms/meeting.ts';
import { profileForm } from '../../service/http/forms/profile.ts';
import { runAddress } from '../../service/http/present/match-run.ts';
import { requestForm } from '../../service/http/forms/request.ts';
import { weekRaw } from '../../service/http/forms/week.ts';
import { cellsFrom, rowsFrom } from '../../views/assets/week-editor.js';
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
    const schema = mentorForm({ today: '2026-11-23', ways: ['video'] });
    expect(valuesOf(readForm(schema, { ...offerAnswers, capacity: '5' })).offer.capacity).to.equal(5);
    expect(messages(readForm(schema, { ...offerAnswers, capacity: '6' }))).to.deep.equal(['forms:capacity']);
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
  const rules = { today, ways: [...modalities], halfHours: 2 };
  const read = (form: Record<string, string | string[]>, own: Partial<typeof rules> = {}) =>
    readForm(availabilityForm({ ...rules, ...own }), form);
  const monday = { days0: '1', from0: '09:00', to0: '12:00' };

  it('joins rows that touch or overlap, and those of several days', () => {
    const { windows } = valuesOf(read({ ...monday, days1: ['1', '3'], from1: '11:00', to1: '14:00' }));
    expect(windows).to.deep.equal([
      { weekday: 1, from: 540, to: 840 },
      { weekday: 3, from: 660, to: 840 },
    ]);
  });

  it('keeps in which ways one meets, where that is not every way of theirs', () => {
    const windows = (ways: string[]) =>
      valuesOf(read({ ...monday, ways0: ways }, { ways: ['video', 'phone'] })).windows;
    expect(windows(['video'])).to.deep.equal([{ weekday: 1, from: 540, to: 720, modalities: ['video'] }]);
    for (const all of [[], ['video', 'phone'], ['in_person']]) {
      expect(windows(all), all.join()).to.deep.equal([{ weekday: 1, from: 540, to: 720 }]);
    }
  });

  it('says which end of a row is missing or too early, and that it has no day', () => {
    expect(fields(read({ days0: '1', from0: '10:00' }))).to.deep.equal(['to0']);
    expect(fields(read({ days2: '2', to2: '10:00' }))).to.deep.equal(['from2']);
    expect(fields(read({ days0: '1', from0: '10:00', to0: '10:00' }))).to.deep.equal(['to0']);
    expect(messages(read({ from0: '10:00', to0: '12:00' }))).to.deep.equal(['forms:window_days']);
  });

  it('refuses hours off the half-hour, and an empty week', () => {
    expect(messages(read({ ...monday, from0: '10:15' }))).to.deep.equal(['forms:half_hours']);
    expect(messages(read({}))).to.deep.equal(['forms:no_window']);
  });

  it('refuses a window in which no meeting fits, unless another one goes on with it, at midnight as well', () => {
    const row = (at: number, days: string, hours: string) => ({
      [`days${at}`]: days,
      [`from${at}`]: hours.slice(0, 5),
      [`to${at}`]: hours.slice(6),
    });
    expect(fields(read({ ...monday, ...row(1, '2', '14:00-14:30') }))).to.deep.equal(['to1']);
    expect(fields(read(row(0, '3', '00:00-00:30')))).to.deep.equal(['to0']);
    expect(fields(read(row(0, '7', '23:30-00:00')))).to.deep.equal(['to0']);
    for (const good of [
      row(0, '2', '14:00-15:00'),
      { ...row(0, '2', '14:00-14:30'), ...row(1, '2', '14:30-15:00') },
      { ...monday, ...row(1, '1', '12:00-12:30') },
      { ...row(0, '7', '23:30-00:00'), ...row(1, '1', '00:00-00:30') },
    ]) {
      expect(read(good).ok, JSON.stringify(good)).to.equal(true);
    }
    expect(read(row(0, '2', '14:00-14:30'), { halfHours: 1 }).ok).to.equal(true);
  });

  it('refuses half an hour in one way beside half an hour in another: no meeting of an hour fits in either', () => {
    const halves = {
      days0: '1',
      from0: '09:00',
      to0: '09:30',
      ways0: 'video',
      days1: '1',
      from1: '09:30',
      to1: '10:00',
    };
    expect(fields(read({ ...halves, ways1: 'phone' }))).to.deep.equal(['to0', 'to1']);
    expect(read({ ...halves, ways1: ['phone', 'video'] }).ok).to.equal(true);
  });

  it('takes one date for a day away, and refuses one that ends before it begins', () => {
    const one = valuesOf(read({ anyTime: 'yes', awayFrom0: '2026-12-01' }));
    expect(one.absences).to.deep.equal([{ fromOn: '2026-12-01', toOn: '2026-12-01' }]);
    const wrong = read({ anyTime: 'yes', awayFrom1: '2026-12-02', awayTo1: '2026-12-01' });
    expect(fields(wrong)).to.deep.equal(['awayTo1']);
  });

  it('takes a week out by one tick, unless it is out already', () => {
    const away = (form: Record<string, string>) => valuesOf(read({ anyTime: 'yes', ...form })).absences;
    const week = { fromOn: '2026-11-30', toOn: '2026-12-06' };
    expect(away({ awayWeek: '2026-11-30' })).to.deep.equal([week]);
    const longer = { fromOn: '2026-11-28', toOn: '2026-12-10' };
    expect(away({ awayWeek: '2026-11-30', awayFrom0: longer.fromOn, awayTo0: longer.toOn })).to.deep.equal([longer]);
    expect(weekToLeaveOut({ absences: [] }, '2026-11-23')).to.equal('2026-11-30');
    expect(weekToLeaveOut({ absences: [] }, '2026-11-29')).to.equal('2026-11-30');
    expect(weekToLeaveOut({ absences: [longer] }, '2026-11-23')).to.equal(undefined);
  });

  it('refuses an absence that is over: another year was meant', () => {
    const away = (fromOn: string, toOn: string) => read({ anyTime: 'yes', awayFrom2: fromOn, awayTo2: toOn });
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
        { weekday: 1, from: 780, to: 840, modalities: ['video'] },
        { weekday: 7, from: 0, to: 1440 },
      ],
      absences: [
        { fromOn: '2026-01-01', toOn: '2026-01-02' },
        { fromOn: '2026-12-01', toOn: '2026-12-05' },
      ],
    };
    const again = valuesOf(read(availabilityRaw(stored, rules) as Record<string, string>));
    expect(again).to.deep.equal({ ...stored, absences: stored.absences.slice(1) });
  });

  it('reads any week from the rows of the page and from those of the editor as the same', () => {
    const ways = modalities.map((way, at) => ({ way, bit: 1 << at }));
    const cells = fc
      .array(fc.record({ slot: fc.nat(335), length: fc.integer({ min: 1, max: 12 }), mask: fc.nat(7) }), {
        maxLength: 9,
      })
      .map((strokes) => {
        const painted = new Uint8Array(336);
        for (const { slot, length, mask } of strokes) painted.fill(mask, slot, slot + length);
        return painted;
      });
    fc.assert(
      fc.property(cells, (painted) => {
        const windows = windowsOf(painted);
        const edited = rowsFrom(painted, ways);
        expect(cellsFrom(edited, ways), 'the editor by itself').to.deep.equal(painted);
        const rows = Object.fromEntries(
          edited.flatMap(({ days, from, to, ways: own }, row) => [
            [`days${row}`, days.map(String)],
            [`from${row}`, from],
            [`to${row}`, to],
            [`ways${row}`, [...own]],
          ]),
        ) as Record<string, string | string[]>;
        expect(weekRaw({ windows }, modalities)).to.deep.equal(rows);
        const hours = { ...rules, asShown: true };
        expect(availabilityForm(hours).parse(rows).windows).to.deep.equal(windows);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the form of one’s mentoring', () => {
  const at = { today: '2026-11-23', ways: [...modalities] };
  const restOf = (form: Record<string, string>) => {
    const read = readForm(mentorForm(at), { ...offerAnswers, ...form });
    return read.ok ? read.values.offer.rest : messages(read);
  };

  it('pauses from a day, until a day, both, or neither', () => {
    expect(restOf({})).to.equal(undefined);
    expect(restOf({ pauseFrom: '2026-12-20' })).to.deep.equal({ from: '2026-12-20', until: untilResumed });
    expect(restOf({ pauseUntil: '2026-12-20' })).to.deep.equal({ until: '2026-12-20' });
    expect(restOf({ pauseFrom: '2026-11-23', pauseUntil: '2026-12-20' })).to.deep.equal({ until: '2026-12-20' });
    expect(restOf({ pauseFrom: '2026-12-20', pauseUntil: '2026-12-20' })).to.deep.equal(['forms:pause']);
    expect(restOf({ pauseUntil: '2026-11-23' })).to.deep.equal(['forms:pause']);
    expect(restOf({ pauseFrom: '2025-12-20' })).to.deep.equal(['forms:past_pause']);
  });

  it('refuses a window that is too short for the length of the meetings', () => {
    const week = { ...offerAnswers, week: 'yes', days0: '1', from0: '09:00', to0: '09:30' };
    const read = (minutes: string) => readForm(mentorForm(at), { ...week, minutes });
    expect([read('30').ok, messages(read('45')), messages(read('60'))]).to.deep.equal([
      true,
      ['forms:short_window'],
      ['forms:short_window'],
    ]);
    expect(messages(read('20'))).to.deep.equal(['forms:choice']);
  });

  it('shows what is stored so that saving it again changes nothing', () => {
    const offer = {
      ...{ topics: ['conflict' as const], keptForConversation: true, formats: ['one_off' as const], capacity: 3 },
      meetings: { minutes: 45 as const, noticeHours: 48, mostAWeek: 2, marginMinutes: 15 },
      rest: { from: '2026-12-20', until: '2027-01-10' },
    };
    const availability = { anyTime: false, windows: [{ weekday: 2, from: 720, to: 840 }], absences: [] };
    const raw = mentorRaw({ offer, availability }, at);
    const again = readForm(mentorForm(at), JSON.parse(JSON.stringify(raw)));
    expect(valuesOf(again)).to.deep.equal({ offer, availability, isOffering: true });
  });
});
