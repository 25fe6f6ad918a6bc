// A meeting's way through somebody's calendar: agreed, recalled, moved, cancelled, in whatever order the mails arrive.
import { expect } from 'chai';
import { DateTime } from 'luxon';
import { agree, callOff, suggestOther, type Meeting, type MeetingChange } from '../../service/domain/meeting.ts';
import type { MeetingNews } from '../../service/domain/meeting-news.ts';
import { createFeedWriter } from '../../service/mail/calendar-file.ts';
import type { MailFacts } from '../../service/mail/ports.ts';
import { CalendarProgram, has, instantOf, readCalendar, the } from '../support/calendar-program.ts';
import { aMeeting, aNotice, factsOf, morning, renderOne, sender } from '../support/mail.ts';

const after = (meeting: Meeting, change: MeetingChange): Meeting => {
  const kept = Object.entries({ ...meeting, ...change }).filter(([, value]) => value !== null);
  return Object.fromEntries(kept) as unknown as Meeting;
};

const minutes = (count: number): Date => new Date(morning.getTime() + count * 60_000);
const ada = { memberId: 'm1', now: morning };
const ben = { memberId: 'm2', now: morning };
const { agreedSequence: _, ...unagreed } = aMeeting({ status: 'suggested', sequence: 0 });
const agreed = after(unagreed, agree(unagreed, ada));
const otherTime = { startsAt: new Date('2026-12-03T09:00:00Z'), modality: 'video', claims: [] } as const;
const moving = after(agreed, suggestOther(agreed, otherTime, ben));
const moved = after(moving, agree(moving, { ...ada, now: minutes(20) }));
const cancelled = after(moved, callOff(moved));

/** The file in the mail that tells Ada of this, as it leaves at an instant. */
const file = (kind: MeetingNews, about: Pick<MailFacts, 'meeting' | 'room'>, at: Date): string => {
  const facts = { ...factsOf(kind), ...about };
  return renderOne(aNotice({ kind }), facts, at).calendar?.content ?? '';
};

const story: readonly [string, string][] = [
  ['agreed', file('meeting_agreed', { meeting: agreed }, minutes(0))],
  ['recalled', file('meeting_reminder', { meeting: moving }, minutes(10))],
  ['moved', file('meeting_agreed', { meeting: moved }, minutes(20))],
  ['cancelled', file('meeting_cancelled', { meeting: cancelled }, minutes(30))],
];

function shownAfter(files: readonly string[]): string[] {
  const program = new CalendarProgram();
  for (const one of files) program.receive(one);
  return program.entries().map(({ startsAt, endsAt }) => `${startsAt.toISOString()} ${endsAt.toISOString()}`);
}

const hour = (startsAt: Date): string =>
  `${startsAt.toISOString()} ${new Date(startsAt.getTime() + 3_600_000).toISOString()}`;

/** Every order in which mails may arrive. */
function* orders<T>(items: readonly T[]): Generator<T[]> {
  if (items.length <= 1) yield [...items];
  for (const [index, item] of items.entries()) {
    for (const rest of orders(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}

describe('A meeting in a calendar program', () => {
  it('has one entry, which follows each change', () => {
    const shown = story.map((_step, index) => shownAfter(story.slice(0, index + 1).map(([, content]) => content)));
    const [first, second] = [[hour(agreed.startsAt)], [hour(otherTime.startsAt)]];
    expect(shown).to.deep.equal([first, first, second, []]);
  });

  it('ends as it should in whatever order the mails arrive, and however often', () => {
    const files = story.map(([, content]) => content);
    for (const order of orders(files)) expect(shownAfter([...order, ...order])).to.deep.equal([]);
    for (const order of orders(files.slice(0, 3))) {
      expect(shownAfter([...order, ...order])).to.deep.equal([hour(otherTime.startsAt)]);
    }
  });

  it('is no update when it is only recalled: programs that have it offer nothing', () => {
    const stampOf = (index: number): string => the(readCalendar(story[index]![1]).components[0]!, 'DTSTAMP').value;
    expect(stampOf(1)).to.equal(stampOf(0));
    expect([stampOf(2) > stampOf(1), stampOf(3) > stampOf(2)]).to.deep.equal([true, true]);
  });

  it('stays where it was while a move only waits', () => {
    const before = file('meeting_agreed', { meeting: agreed }, minutes(0));
    expect(shownAfter([before, file('meeting_reminder', { meeting: moving }, minutes(10))])).to.deep.equal([
      hour(agreed.startsAt),
    ]);
    for (const kind of ['meeting_suggested', 'meeting_move_suggested', 'meeting_move_declined'] as const) {
      expect(file(kind, { meeting: moving }, minutes(5)), kind).to.equal('');
    }
  });

  it('is not taken out by a file when it never was in there', () => {
    expect(file('meeting_cancelled', { meeting: after(unagreed, callOff(unagreed)) }, minutes(5))).to.equal('');
  });

  it('says where the video room is, in the entry and in the mail, only where there is one', () => {
    const room = 'https://visio.example/0123456789abcdef0123456789abcdef';
    const program = new CalendarProgram();
    program.receive(file('meeting_agreed', { meeting: agreed, room }, minutes(0)));
    expect(program.entries()[0]!.place).to.equal(room);
    const facts = { ...factsOf('meeting_agreed'), meeting: agreed, room };
    const mail = renderOne(aNotice({ kind: 'meeting_agreed' }), facts);
    for (const body of [mail.text, mail.html]) expect(body).to.include(room);
    expect(renderOne(aNotice({ kind: 'meeting_agreed' }), factsOf('meeting_agreed')).text).to.not.include('salle');
  });

  const walls: [string, string, string][] = [
    ['Europe/Paris', '2027-03-25T09:00', '20270325T080000Z'],
    ['Europe/Paris', '2027-03-29T09:00', '20270329T070000Z'],
    ['Europe/Paris', '2026-10-23T09:00', '20261023T070000Z'],
    ['Europe/Paris', '2026-10-26T09:00', '20261026T080000Z'],
    ['America/Martinique', '2027-03-29T09:00', '20270329T130000Z'],
    ['Indian/Reunion', '2027-07-01T09:00', '20270701T050000Z'],
  ];
  for (const [zone, wall, utc] of walls) {
    it(`is at ${wall} on the wall in ${zone}, on either side of a change of the clocks`, () => {
      const startsAt = DateTime.fromISO(wall, { zone }).toJSDate();
      const meeting = { ...agreed, startsAt };
      const event = readCalendar(file('meeting_agreed', { meeting }, morning)).components[0]!;
      expect(the(event, 'DTSTART').value).to.equal(utc);
      expect(instantOf(the(event, 'DTEND')).getTime() - startsAt.getTime()).to.equal(3_600_000);
    });
  }
});

describe('Somebody whose calendar reads their feed', () => {
  const mailOf = (kind: MeetingNews, meeting: Meeting, feedReadAt = minutes(-10)) => {
    const letter = renderOne(aNotice({ kind }), { ...factsOf(kind), meeting, feedReadAt });
    return { text: letter.text, method: letter.calendar?.method };
  };

  it('gets no second entry by mail, and is told where it shows', () => {
    const { text, method } = mailOf('meeting_agreed', agreed);
    expect(method).to.equal(undefined);
    expect(text).to.include('par l’adresse secrète').and.not.include('fichier joint');
    expect(mailOf('meeting_reminder', agreed).method).to.equal(undefined);
    const usual = renderOne(aNotice({ kind: 'meeting_agreed' }), { ...factsOf('meeting_agreed'), meeting: agreed });
    expect(usual.text).to.include('Le fichier joint').and.include('par la page du dialogue');
    expect(usual.calendar?.method).to.equal('PUBLISH');
  });

  it('gets what changes an entry that an earlier mail brought, and of no other one', () => {
    for (const [readAt, moves, goes] of [
      [minutes(-10), undefined, undefined],
      [minutes(10), 'PUBLISH', 'CANCEL'],
    ] as const) {
      expect(mailOf('meeting_agreed', moved, readAt).method).to.equal(moves);
      expect(mailOf('meeting_cancelled', cancelled, readAt).method).to.equal(goes);
      expect(mailOf('meeting_cancelled', cancelled, readAt).text.includes('fichier joint')).to.equal(
        goes !== undefined,
      );
    }
    const never = after(unagreed, callOff(unagreed));
    const mail = renderOne(aNotice({ kind: 'meeting_cancelled' }), { ...factsOf('meeting_cancelled'), meeting: never });
    expect(mail.text).to.include('n’aura pas lieu').and.not.include('fichier joint');
  });
});

describe('A calendar feed', () => {
  const write = createFeedWriter(sender);
  const feed = (locale: 'fr' | 'en') => readCalendar(write({ meetings: [agreed, moved], locale, now: morning }));

  it('holds hours under a neutral title, private and busy, as the mails’ entries, but for the UID: the two never collide', () => {
    const calendar = feed('fr');
    expect(calendar.components.map(({ name }) => name)).to.deep.equal(['VEVENT', 'VEVENT']);
    const [event] = calendar.components;
    const published = readCalendar(story[0]![1]).components[0]!;
    expect(the(event!, 'UID').value).to.not.equal(the(published, 'UID').value);
    for (const name of ['SEQUENCE', 'DTSTART', 'DTEND', 'SUMMARY', 'CLASS', 'TRANSP', 'STATUS']) {
      expect(the(event!, name).value, name).to.equal(the(published, name).value);
    }
    expect(the(event!, 'CLASS').value).to.equal('PRIVATE');
    expect(the(event!, 'TRANSP').value).to.equal('OPAQUE');
  });

  it('names nobody, and no place', () => {
    const calendar = feed('fr');
    expect(has(calendar, 'METHOD')).to.equal(false);
    for (const event of calendar.components) {
      for (const name of ['ORGANIZER', 'ATTENDEE', 'LOCATION', 'URL', 'DESCRIPTION']) {
        expect(has(event, name), name).to.equal(false);
      }
    }
  });

  it('speaks the language of its owner', () => {
    expect(the(feed('en'), 'X-WR-CALNAME').value).to.equal('Conversation');
    expect(the(feed('fr').components[0]!, 'SUMMARY').value).to.equal('Échange');
  });

  it('is a calendar also when nothing is agreed, or nobody knows whose it was', () => {
    expect(readCalendar(write({ meetings: [], locale: 'fr', now: morning })).components).to.deep.equal([]);
    const ended = readCalendar(write({ meetings: [], now: morning }));
    expect([ended.components, has(ended, 'X-WR-CALNAME')]).to.deep.equal([[], false]);
  });
});
