// Every kind of notice on one row: what it needs when it leaves, and what goes with it. A new kind is a row here and a
// text in each language (views/locales).
import { createHash } from 'node:crypto';
import type { Meeting } from '../domain/meeting.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import type { LabId, Locale } from '../domain/terms.ts';
import { mailTexts, writeMail, type MailWords } from '../../views/mails/engine.ts';
import { calendarFile, domainOf } from './calendar-file.ts';
import type { MailAddress, MailFacts, OutgoingMail } from './ports.ts';

export interface NoticeRow {
  /** What the notice is about, to be looked up when it leaves. */
  readonly about: 'member' | 'proposal' | 'dialogue' | 'meeting';
  /** Names the other person: after two yeses only, and while the dialogue lasts. */
  readonly partner?: true;
  /** A nudge carries List-Unsubscribe. */
  readonly nudge?: true;
  readonly calendar?: 'REQUEST' | 'CANCEL';
}

export const noticeRows: Readonly<Record<NoticeKind, NoticeRow>> = {
  proposal_sent: { about: 'proposal' },
  proposal_reminder: { about: 'proposal', nudge: true },
  proposal_lapsed: { about: 'member' },
  mentor_auto_paused: { about: 'member' },
  dialogue_introduced: { about: 'dialogue', partner: true },
  first_meeting_nudge: { about: 'dialogue', partner: true, nudge: true },
  no_contact_question: { about: 'dialogue', partner: true, nudge: true },
  dialogue_ended: { about: 'member' },
  meeting_suggested: { about: 'meeting', partner: true },
  meeting_agreed: { about: 'meeting', partner: true, calendar: 'REQUEST' },
  meeting_cancelled: { about: 'meeting', calendar: 'CANCEL' },
  meeting_reminder: { about: 'meeting', partner: true, calendar: 'REQUEST' },
};

export interface NoticeSettings {
  readonly sender: MailAddress;
  /** Where people of a lab begin: their LMS's own page, which asks who they are. Never a personal link. */
  readonly entryUrl: (labId: LabId) => string;
}

/** Writes the mail of a notice at the programme's instant `now`. */
export type RenderNotice = (notice: Notice, facts: MailFacts, now: Date) => OutgoingMail;

export function createRender({ sender, entryUrl }: NoticeSettings): RenderNotice {
  return (notice, facts, now) => {
    const { addressee, meeting } = facts;
    const row = noticeRows[notice.kind];
    const link = entryUrl(addressee.labId);
    const to = { name: addressee.name, address: addressee.email };
    const { subject, text, html } = writeMail(notice.kind, addressee.locale, wordsOf(facts, link));
    const entry = row.calendar && meeting && { meeting, method: row.calendar, organiser: sender, attendee: to };
    const title = mailTexts[addressee.locale].calendarTitle;
    return {
      ...{ to, subject, text, html, date: now },
      messageId: messageIdOf(notice.key, sender),
      ...(entry && { calendar: { method: entry.method, content: calendarFile({ ...entry, title, stamp: now }) } }),
      ...(row.nudge && { unsubscribeUrl: link }),
    };
  };
}

/** The same notice always has the same Message-ID, so that a twin can be told by any mail program. */
function messageIdOf(key: string, sender: MailAddress): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domainOf(sender.address)}>`;
}

function wordsOf({ addressee, partner, meeting, answerBy }: MailFacts, link: string): MailWords {
  const { name, locale, zone } = addressee;
  return {
    name,
    link,
    ...(partner && { partner }),
    ...(meeting && { meeting: meetingWords(meeting, locale, zone) }),
    ...(answerBy && {
      answerBy: tell(answerBy, locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }),
    }),
  };
}

function meetingWords(meeting: Meeting, locale: Locale, zone: string): NonNullable<MailWords['meeting']> {
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
  return {
    when: tell(meeting.startsAt, locale, { ...day, ...hour, timeZone: zone }),
    modality: mailTexts[locale].modality[meeting.modality],
  };
}

const languageTags: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };

function tell(instant: Date, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(languageTags[locale], options).format(instant);
}
