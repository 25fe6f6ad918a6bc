// Turns a notice's facts into words: one text and one HTML template for all kinds, every sentence from the locales.
// Strict: a placeholder without a value is an error at once, never a hole in somebody's mail.
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { DisclosureReason } from '../../service/domain/disclosure.ts';
import type { NoticeKind } from '../../service/domain/notice.ts';
import type { Locale, Modality } from '../../service/domain/terms.ts';
import en from '../locales/en/mails.json' with { type: 'json' };
import fr from '../locales/fr/mails.json' with { type: 'json' };

interface NoticeTexts {
  readonly subject: string;
  /** Of a meeting whose time was another one before. */
  readonly movedSubject?: string;
  readonly paragraphs: readonly string[];
  /** Stands above the paragraphs when several notices share a mail; every nudge has one. */
  readonly heading?: string;
  /** Words of the link, when it leads to something else than the programme's page. */
  readonly action?: string;
}

interface MailTexts {
  readonly greeting: string;
  /** To somebody of whom no name is known. */
  readonly greetingNobody: string;
  readonly action: string;
  readonly signature: string;
  readonly footer: string;
  readonly footerCoordinator: string;
  /** To an address of which nobody has shown yet that it is theirs. */
  readonly footerStranger: string;
  readonly digest: { readonly subject: string; readonly intro: string };
  readonly calendarTitle: string;
  /** How an agreed meeting comes into the calendar: by the mail's file, or by the person's feed; and where it is changed. removal: how it goes. */
  readonly calendar: Readonly<Record<'file' | 'feed' | 'removal', string>>;
  /** Where a meeting by video takes place, if the programme has rooms; before its address. */
  readonly videoRoom: string;
  readonly modality: Readonly<Record<Modality, string>>;
  readonly disclosureReason: Readonly<Record<DisclosureReason, string>>;
  /** With whom to appeal against an exclusion; before a name and an address, or complete in itself. */
  readonly appeal: Readonly<Record<'named' | 'mediator' | 'coordination', string>>;
  readonly notices: Readonly<Record<NoticeKind, NoticeTexts>>;
}

/** The types make a kind without words in both languages impossible. */
export const mailTexts: Readonly<Record<Locale, MailTexts>> = { fr, en };

export interface MeetingWords {
  readonly when: string;
  readonly modality: string;
}

/** What the sentences of one notice may name. */
export interface MailWords {
  readonly partner?: { readonly name: string; readonly email: string; readonly labName: string };
  /** move: the other time that somebody would like. */
  readonly meeting?: MeetingWords & { readonly move?: MeetingWords; readonly moved?: true };
  readonly calendar?: 'file' | 'feed' | 'removal';
  /** Address of the video room of the meeting. */
  readonly room?: string;
  readonly answerBy?: string;
  readonly until?: string;
  readonly disclosure?: { readonly day: string; readonly reason: string };
  /** A whole sentence. */
  readonly appeal?: string;
  /** Of a letter to a new address. */
  readonly code?: string;
}

export interface Letter {
  readonly kind: NoticeKind;
  readonly words: MailWords;
}

/** Who reads a mail: at its end it says why it comes. */
export type MailReader = 'participant' | 'coordinator' | 'stranger';

/** What stands around the letters. name: empty when none is known. */
export interface Envelope {
  readonly locale: Locale;
  readonly name: string;
  readonly link: string;
  readonly reader?: MailReader;
}

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const template = (name: string, noEscape: boolean): Handlebars.TemplateDelegate =>
  Handlebars.compile(readFileSync(new URL(name, import.meta.url), 'utf8'), { strict: true, noEscape });
const textTemplate = template('notice.txt.hbs', true);
const htmlTemplate = template('notice.html.hbs', false);

const sentences = new Map<string, Handlebars.TemplateDelegate<unknown>>();

/** Sentences stay raw here; the HTML template escapes them as a whole. */
function say(sentence: string, words: MailWords | Pick<Envelope, 'name'>): string {
  let compiled = sentences.get(sentence);
  if (!compiled) {
    compiled = Handlebars.compile<unknown>(sentence, { strict: true, noEscape: true });
    sentences.set(sentence, compiled);
  }
  return compiled(words);
}

/**
 * The words of one mail in one language: of a notice, or of several, each under its heading and behind a subject that says
 * nothing of any of them. @throws when a sentence names what the words do not hold
 */
export function writeMail(letters: readonly [Letter, ...Letter[]], envelope: Envelope): WrittenMail {
  const { locale, name, link, reader = 'participant' } = envelope;
  const texts = mailTexts[locale];
  const [{ kind, words }] = letters;
  const isDigest = letters.length > 1;
  const { subject: usual, movedSubject = usual } = texts.notices[kind];
  const subject = isDigest ? texts.digest.subject : say(words.meeting?.moved ? movedSubject : usual, words);
  const context = {
    locale,
    subject,
    greeting: name === '' ? texts.greetingNobody : say(texts.greeting, { name }),
    intro: isDigest ? texts.digest.intro : '',
    sections: letters.map((letter) => sectionOf(letter, texts, isDigest)),
    action: (isDigest ? undefined : texts.notices[kind].action) ?? texts.action,
    link,
    signature: texts.signature,
    footer: { participant: texts.footer, coordinator: texts.footerCoordinator, stranger: texts.footerStranger }[reader],
  };
  return { subject, text: textTemplate(context), html: htmlTemplate(context) };
}

function sectionOf({ kind, words }: Letter, texts: MailTexts, isDigest: boolean): object {
  const { heading = '', paragraphs } = texts.notices[kind];
  return {
    heading: isDigest ? say(heading, words) : '',
    paragraphs: [
      ...paragraphs.map((text) => ({ text: say(text, words), link: '' })),
      ...(words.calendar === undefined ? [] : [{ text: texts.calendar[words.calendar], link: '' }]),
      ...(words.room === undefined ? [] : [{ text: texts.videoRoom, link: words.room }]),
    ],
  };
}
