import { expect } from 'chai';
import { calendarFile } from '../../service/mail/calendar-file.ts';
import { aMeeting, aNotice, factsOf, morning, renderOne, sender } from '../support/mail.ts';

/** Lines of an iCalendar object by their name, unfolded (RFC 5545, section 3.1). */
function parse(content: string): Map<string, string> {
  const lines = content.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  return new Map(lines.filter(Boolean).map((line) => [line.split(/[:;]/)[0]!, line.slice(line.search(/[:;]/) + 1)]));
}

const entry = {
  meeting: aMeeting(),
  method: 'PUBLISH',
  title: 'Échange',
  organiser: sender,
  stamp: morning,
} as const;

describe('calendar file', () => {
  it('publishes an entry with the meeting’s hour in UTC, its sequence and a stable UID', () => {
    const fields = parse(calendarFile(entry));
    expect(fields.get('METHOD')).to.equal('PUBLISH');
    expect(fields.get('UID')).to.equal('meeting-1@programme.example');
    expect(fields.get('SEQUENCE')).to.equal('2');
    expect(fields.get('DTSTART')).to.equal('20261201T133000Z');
    expect(fields.get('DTEND')).to.equal('20261201T143000Z');
    expect(fields.get('DTSTAMP')).to.equal('20261124T090000Z');
    expect(fields.get('STATUS')).to.equal('CONFIRMED');
  });

  it('takes the entry of the same UID out again with a higher sequence', () => {
    const cancelled = aMeeting({ status: 'cancelled', sequence: 3 });
    const fields = parse(calendarFile({ ...entry, meeting: cancelled, method: 'CANCEL' }));
    expect(fields.get('METHOD')).to.equal('CANCEL');
    expect(fields.get('STATUS')).to.equal('CANCELLED');
    expect(fields.get('SEQUENCE')).to.equal('3');
    expect(fields.get('UID')).to.equal(parse(calendarFile(entry)).get('UID'));
  });

  it('is private, neutral and names nobody but the programme: it invites nobody to an answer that reaches no one', () => {
    for (const kind of ['meeting_agreed', 'meeting_reminder', 'meeting_cancelled'] as const) {
      const mail = renderOne(aNotice({ kind }), factsOf(kind));
      const content = mail.calendar!.content;
      const fields = parse(content);
      expect(fields.get('CLASS')).to.equal('PRIVATE');
      expect(fields.get('SUMMARY')).to.equal('Échange');
      expect(fields.get('ORGANIZER')).to.include('mentorat@programme.example');
      expect(content).to.not.match(/ATTENDEE|RSVP|PARTSTAT|ada@|Martin|Benoît|Durand|liris|DESCRIPTION|LOCATION|URL/i);
    }
  });

  it('names the room as it is: an address knows no escapes, a text does, and lines are folded', () => {
    for (const room of [
      'https://bbb.example/b/a,b;c?join=1,2;3',
      `https://bbb.example/${'room,'.repeat(40)};end`,
      'https://bbb.example/b/plain',
    ]) {
      const content = calendarFile({ ...entry, room });
      expect(parse(content).get('URL')).to.equal(`VALUE=URI:${room}`);
      expect(parse(content).get('LOCATION')).to.equal(room.replaceAll(/[,;]/gu, String.raw`\$&`));
      for (const line of content.split('\r\n')) expect(Buffer.byteLength(line), line).to.be.at.most(75);
    }
  });

  it('has a title in the language of the reader', () => {
    const facts = factsOf('meeting_agreed', { locale: 'en' });
    const mail = renderOne(aNotice({ kind: 'meeting_agreed' }), facts);
    expect(parse(mail.calendar!.content).get('SUMMARY')).to.equal('Conversation');
  });

  it('lets no name break out of its line', () => {
    const name = 'Ada"\r\nX-EVIL:1\u0007; "M", é';
    const content = calendarFile({ ...entry, organiser: { ...sender, name } });
    expect(content).to.not.match(/^X-EVIL/m);
    expect(parse(content).get('ORGANIZER')).to.match(/CN="[^"]*":mailto:mentorat@programme\.example$/i);
  });

  it('has lines of at most 75 octets that end in CRLF', () => {
    const lines = calendarFile({ ...entry, organiser: { ...sender, name: 'É'.repeat(90) } }).split('\r\n');
    expect(lines.length).to.be.greaterThan(10);
    for (const line of lines) expect(Buffer.byteLength(line)).to.be.at.most(75);
  });
});
