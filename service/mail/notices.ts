// Every kind of notice on one row: what it needs when it leaves, and what goes with it. A new kind is a row here and a
// text in each language (views/locales).
import { createHash } from 'node:crypto';
import type { Appeal } from '../domain/exclusion.ts';
import { isInFeedAlone, type Meeting, type MeetingTime } from '../domain/meeting.ts';
import { nudges, type Notice, type NoticeKind } from '../domain/notice.ts';
import type { LabId, Locale } from '../domain/terms.ts';
import { mailTexts, writeMail, type MailReader, type MailWords, type MeetingWords } from '../../views/mails/engine.ts';
import { calendarFile, domainOf } from './calendar-file.ts';
import type { Addressee, MailAddress, MailFacts, OutgoingMail } from './ports.ts';
import { tellDay, tellMoment } from './moments.ts';

export interface NoticeRow {
  /** What the notice is about, to be looked up when it leaves. A case and a coordinator's notice never name anybody. */
  readonly about:
    | 'member'
    | 'proposal'
    | 'request'
    | 'dialogue'
    | 'meeting'
    | 'case'
    | 'coordinator'
    | 'disclosure'
    | 'address'
    | 'twins';
  /** Names the other person: after two yeses only, and while the dialogue lasts. */
  readonly partner?: true;
  readonly calendar?: 'PUBLISH' | 'CANCEL';
  /** To whom the mail says why it comes, where that is no participant. */
  readonly reader?: MailReader;
}

export const noticeRows: Readonly<Record<NoticeKind, NoticeRow>> = {
  proposal_sent: { about: 'proposal' },
  proposal_reminder: { about: 'proposal' },
  proposal_lapsed: { about: 'member' },
  mentor_auto_paused: { about: 'member' },
  dialogue_introduced: { about: 'dialogue', partner: true },
  first_meeting_nudge: { about: 'dialogue', partner: true },
  no_contact_question: { about: 'dialogue', partner: true },
  dialogue_ended: { about: 'member' },
  meeting_suggested: { about: 'meeting', partner: true },
  meeting_agreed: { about: 'meeting', partner: true, calendar: 'PUBLISH' },
  meeting_cancelled: { about: 'meeting', calendar: 'CANCEL' },
  meeting_move_suggested: { about: 'meeting', partner: true },
  meeting_move_declined: { about: 'meeting', partner: true },
  meeting_reminder: { about: 'meeting', partner: true, calendar: 'PUBLISH' },
  draft_reminder: { about: 'member' },
  waiting_news: { about: 'request' },
  request_expiry_notice: { about: 'request' },
  request_expired: { about: 'member' },
  fit_check: { about: 'dialogue', partner: true },
  pulse: { about: 'dialogue', partner: true },
  inactivity_reminder: { about: 'dialogue', partner: true },
  closing_offered: { about: 'dialogue', partner: true },
  hold_question: { about: 'dialogue', partner: true },
  dialogue_on_hold: { about: 'dialogue', partner: true },
  dialogue_resumed: { about: 'dialogue', partner: true },
  end_notice: { about: 'dialogue', partner: true },
  dialogue_renewed: { about: 'dialogue', partner: true },
  closing_survey: { about: 'dialogue' },
  availability_confirm: { about: 'member' },
  availability_paused: { about: 'member' },
  charter_renewal: { about: 'member' },
  charter_paused: { about: 'member' },
  inactive_notice: { about: 'member' },
  widen_asked: { about: 'request' },
  case_message: { about: 'case' },
  case_opened: { about: 'coordinator' },
  case_answered: { about: 'coordinator' },
  case_waiting: { about: 'coordinator' },
  referral_check: { about: 'coordinator' },
  identity_disclosed: { about: 'disclosure' },
  address_code: { about: 'address', reader: 'stranger' },
  address_asked: { about: 'address' },
  twins_found: { about: 'twins' },
  twins_joined: { about: 'member' },
  exclusion_told: { about: 'member' },
  exclusion_lifted: { about: 'member' },
};

const readerOf = ({ about, reader = 'participant' }: NoticeRow): MailReader =>
  about === 'coordinator' ? 'coordinator' : reader;

/** Whether a kind only nudges: it waits its turn, shares a mail, carries List-Unsubscribe and can be switched off. */
export function isNudge(kind: NoticeKind): boolean {
  return nudges.includes(kind);
}

export interface NoticeSettings {
  readonly sender: MailAddress;
  /** Where people of a lab begin: their LMS's own page, which asks who they are. Never a personal link. */
  readonly entryUrl: (labId: LabId) => string;
}

/** A notice with what its mail may know. */
export interface Letter {
  readonly notice: Notice;
  readonly facts: MailFacts;
}

/** key: names the mail for ever, whoever writes it and however often. now: the programme's instant. */
export interface MailName {
  readonly key: string;
  readonly now: Date;
}

/** Writes one mail: of one notice, or of several nudges to the same person. */
export type RenderMail = (letters: readonly [Letter, ...Letter[]], name: MailName) => OutgoingMail;

export function createRender({ sender, entryUrl }: NoticeSettings): RenderMail {
  return (letters, { key, now }) => {
    const [first, ...others] = letters;
    const { addressee, ownUrl } = first.facts;
    const entry = entryUrl(addressee.labId);
    const to = { name: addressee.name, address: addressee.email };
    const { subject, text, html } = writeMail([textOf(first), ...others.map(textOf)], {
      locale: addressee.locale,
      name: addressee.name,
      link: ownUrl ?? entry,
      reader: readerOf(noticeRows[first.notice.kind]),
    });
    return {
      ...{ to, subject, text, html, date: now },
      messageId: messageIdOf(key, sender),
      ...calendarOf(first, { organiser: sender, stamp: now }),
      ...(isNudge(first.notice.kind) && { unsubscribeUrl: entry }),
    };
  };
}

type Publisher = Pick<Parameters<typeof calendarFile>[0], 'organiser' | 'stamp'>;

/** Whether a mail about this brings a calendar entry, or takes one out. */
export function carriesCalendar({ notice, facts }: Letter): boolean {
  if (noticeRows[notice.kind].calendar === undefined) return false;
  // A time that was never agreed is in nobody's calendar: there is nothing to take out.
  const { meeting, feedReadAt } = facts;
  return meeting?.agreedSequence !== undefined && !isInFeedAlone(meeting, feedReadAt);
}

/** What a mail says of the calendar. */
function calendarWords(letter: Letter): Pick<MailWords, 'calendar'> {
  const { kind } = letter.notice;
  if (kind === 'meeting_agreed') return { calendar: carriesCalendar(letter) ? 'file' : 'feed' };
  return kind === 'meeting_cancelled' && carriesCalendar(letter) ? { calendar: 'removal' } : {};
}

function calendarOf({ notice, facts }: Letter, publisher: Publisher): Pick<OutgoingMail, 'calendar'> {
  const { calendar: method } = noticeRows[notice.kind];
  const { meeting, room, addressee } = facts;
  if (!method || !meeting || !carriesCalendar({ notice, facts })) return {};
  const title = mailTexts[addressee.locale].calendarTitle;
  return {
    calendar: {
      method,
      content: calendarFile({ meeting, method, title, ...(room !== undefined && { room }), ...publisher }),
    },
  };
}

/** The same mail always has the same Message-ID, so that a twin can be told by any mail program. */
function messageIdOf(key: string, sender: MailAddress): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domainOf(sender.address)}>`;
}

function textOf({ notice, facts }: Letter): { kind: NoticeKind; words: MailWords } {
  const { addressee, partner, meeting, room, answerBy, until, disclosure, appeal, code } = facts;
  return {
    kind: notice.kind,
    words: {
      ...(partner && { partner }),
      ...(meeting && { meeting: meetingWords(meeting, addressee) }),
      ...calendarWords({ notice, facts }),
      ...(room !== undefined && { room }),
      ...(answerBy && { answerBy: tellDay(answerBy, addressee) }),
      ...(until && { until: tellDay(until, addressee) }),
      ...(disclosure && { disclosure: disclosureWords(disclosure, addressee) }),
      ...(appeal && { appeal: appealWords(appeal, addressee.locale) }),
      ...(code !== undefined && { code }),
    },
  };
}

function disclosureWords({ reason, on }: NonNullable<MailFacts['disclosure']>, addressee: Addressee) {
  return { day: tellDay(on, addressee), reason: mailTexts[addressee.locale].disclosureReason[reason] };
}

function appealWords(appeal: Appeal, locale: Locale): string {
  const sentence = mailTexts[locale].appeal[appeal.to];
  if (appeal.to === 'coordination') return sentence;
  const { name, email, url } = appeal.contact;
  const phone = appeal.to === 'mediator' ? appeal.contact.phone : undefined;
  return [sentence, [name, email, url, phone].filter((one) => one !== undefined).join(', ')].join(' ');
}

function meetingWords({ move, moved, ...time }: Meeting, addressee: Addressee): NonNullable<MailWords['meeting']> {
  return {
    ...timeWords(time, addressee),
    ...(move && { move: timeWords(move, addressee) }),
    ...(moved && { moved }),
  };
}

function timeWords({ startsAt, modality }: MeetingTime, { locale, zone }: Addressee): MeetingWords {
  return { when: tellMoment(startsAt, { locale, zone }), modality: mailTexts[locale].modality[modality] };
}
