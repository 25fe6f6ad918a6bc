// Calendar entries of meetings: a neutral title, private, and a sequence, so that calendars update them and tell nothing.
import ical, {
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalEventData,
} from 'ical-generator';
import { endOf, type Meeting } from '../domain/meeting.ts';
import type { Locale } from '../domain/terms.ts';
import { mailTexts } from '../../views/mails/engine.ts';
import type { MailAddress } from './ports.ts';

export interface CalendarEntry {
  readonly meeting: Meeting;
  readonly method: 'PUBLISH' | 'CANCEL';
  readonly title: string;
  /** Address of the video room, if there is one. */
  readonly room?: string;
  /** The programme, which publishes: neither calendar names the other person. */
  readonly organiser: MailAddress;
  readonly stamp: Date;
}

const prodId = { company: 'Mentorat Dialogue', product: 'Mentorat Dialogue' };

/** RFC 5545, section 3.1: a parameter's value holds neither quotes nor control characters. */
function plain({ name, address }: MailAddress): { name: string; email: string } {
  return { name: name.replace(/["\p{Cc}]+/gu, ' ').trim() || address, email: address };
}

interface Told {
  readonly title: string;
  readonly uid: string;
  readonly stamp: Date;
}

/** What is the same in a mail and in a feed. Times are in UTC, which no calendar program can misread. */
function eventOf(meeting: Meeting, { title, uid, stamp }: Told): ICalEventData {
  return {
    id: uid,
    sequence: meeting.agreedSequence ?? meeting.sequence,
    stamp,
    start: meeting.startsAt,
    end: endOf(meeting),
    summary: title,
    class: ICalEventClass.PRIVATE,
    status: ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.OPAQUE,
    busystatus: ICalEventBusyStatus.BUSY,
  };
}

/**
 * One iCalendar object (RFC 5545) that the programme publishes for one person (RFC 5546, sections 3.2.1 and 3.2.5): METHOD
 * and STATUS say what to do with the entry of the same UID, SEQUENCE which state is the newer one. It invites nobody: both have
 * agreed already, and an answer would reach no one (docs/decisions/0037). A cancelled entry is free time: some programs keep
 * it, crossed out. The stamp is that of the agreement: the reminder's entry is no update of what a program has.
 */
export function calendarFile({ meeting, method, room, organiser, title, stamp }: CalendarEntry): string {
  const calendar = ical({ method: ICalCalendarMethod[method], prodId });
  const uid = `${meeting.id}@${domainOf(organiser.address)}`;
  const cancelled = {
    sequence: meeting.sequence,
    status: ICalEventStatus.CANCELLED,
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
  };
  calendar.createEvent({
    ...eventOf(meeting, { title, uid, stamp: method === 'PUBLISH' ? (meeting.agreedAt ?? stamp) : stamp }),
    ...(method === 'CANCEL' && cancelled),
    ...(room !== undefined && { location: room, url: room }),
    organizer: plain(organiser),
  });
  return textOf(calendar);
}

/** Calendar programs are asked to look again after six hours; most have an interval of their own. */
const lookAgainSeconds = 6 * 3600;

export interface FeedContent {
  readonly meetings: readonly Meeting[];
  /** Absent when it is not known: the calendar then has no name of its own. */
  readonly locale?: Locale;
  readonly now: Date;
}

/**
 * Writes what a personal feed shows: hours under a neutral title. No address of a room, since a feed is read by servers. The UID
 * is another one than in a mail: programs would take the two for one entry, and write what comes by mail into the feed.
 */
export function createFeedWriter(organiser: MailAddress): (feed: FeedContent) => string {
  return ({ meetings, locale, now }) => {
    const title = locale && mailTexts[locale].calendarTitle;
    const calendar = ical({ prodId, ...(title !== undefined && { name: title }), ttl: lookAgainSeconds });
    for (const meeting of meetings) {
      const uid = `${meeting.id}.feed@${domainOf(organiser.address)}`;
      calendar.createEvent(eventOf(meeting, { title: title ?? '', uid, stamp: now }));
    }
    return textOf(calendar);
  };
}

/** RFC 5545, section 3.1: the last line ends as every other one does. */
function textOf(calendar: ICalCalendar): string {
  return `${withPlainUrls(calendar.toString()).trimEnd()}\r\n`;
}

/** RFC 5545, section 3.3.13: an address is no text, and knows no escapes; ical-generator writes some all the same. */
function withPlainUrls(text: string): string {
  return text.replace(/^URL;VALUE=URI:.*(?:\r\n[ \t].*)*/gmu, (line) =>
    folded(line.replace(/\r\n[ \t]/gu, '').replace(/\\([,;\\])/gu, '$1')),
  );
}

/** RFC 5545, section 3.1: at most 75 octets a line; addresses have one octet a character. */
function folded(line: string): string {
  return (line.match(/^.{1,75}|.{1,74}/gu) ?? []).join('\r\n ');
}

/** The part after the @ of an address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
