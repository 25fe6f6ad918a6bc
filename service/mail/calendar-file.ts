// The calendar entry of a meeting: a neutral title, private, and a sequence, so that calendars update it and tell nothing.
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
} from 'ical-generator';
import type { Meeting } from '../domain/meeting.ts';
import type { MailAddress } from './ports.ts';

export interface CalendarEntry {
  readonly meeting: Meeting;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly title: string;
  /** The programme, which "invites" both: neither calendar names the other person. */
  readonly organiser: MailAddress;
  readonly attendee: MailAddress;
  readonly stamp: Date;
}

/** RFC 5545, section 3.1: a parameter's value holds neither quotes nor control characters. */
function plain({ name, address }: MailAddress): { name: string; email: string } {
  return { name: name.replace(/["\p{Cc}]+/gu, ' ').trim() || address, email: address };
}

/**
 * One iCalendar object (RFC 5545, RFC 5546). Times are in UTC, which no calendar program can misread; METHOD and STATUS
 * say what to do with the entry of the same UID, SEQUENCE which state is the newer one.
 */
export function calendarFile({ meeting, method, title, organiser, attendee, stamp }: CalendarEntry): string {
  const cancelled = method === 'CANCEL';
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Mentorat Dialogue', product: 'Mentorat Dialogue' },
  });
  calendar.createEvent({
    id: `${meeting.id}@${domainOf(organiser.address)}`,
    sequence: meeting.sequence,
    stamp,
    start: meeting.startsAt,
    end: new Date(meeting.startsAt.getTime() + meeting.minutes * 60_000),
    summary: title,
    class: ICalEventClass.PRIVATE,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: plain(organiser),
    attendees: [{ ...plain(attendee), role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.ACCEPTED, rsvp: false }],
  });
  return calendar.toString();
}

/** The part after the @ of an address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
