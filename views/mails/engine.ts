// Turns a notice's facts into words: one text and one HTML template for all kinds, every sentence from the locales.
// Strict: a placeholder without a value is an error at once, never a hole in somebody's mail.
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { NoticeKind } from '../../service/domain/notice.ts';
import type { Locale, Modality } from '../../service/domain/terms.ts';
import en from '../locales/en/mails.json' with { type: 'json' };
import fr from '../locales/fr/mails.json' with { type: 'json' };

interface MailTexts {
  readonly greeting: string;
  readonly action: string;
  readonly signature: string;
  readonly footer: string;
  readonly calendarTitle: string;
  readonly modality: Readonly<Record<Modality, string>>;
  readonly notices: Readonly<Record<NoticeKind, { readonly subject: string; readonly paragraphs: readonly string[] }>>;
}

/** The types make a kind without words in both languages impossible. */
export const mailTexts: Readonly<Record<Locale, MailTexts>> = { fr, en };

/** What sentences may name. */
export interface MailWords {
  readonly name: string;
  readonly link: string;
  readonly partner?: { readonly name: string; readonly email: string; readonly labName: string };
  readonly meeting?: { readonly when: string; readonly modality: string };
  readonly answerBy?: string;
}

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

type Sentence = Handlebars.TemplateDelegate<MailWords>;

const template = (name: string, noEscape: boolean): Handlebars.TemplateDelegate =>
  Handlebars.compile(readFileSync(new URL(name, import.meta.url), 'utf8'), { strict: true, noEscape });
const textTemplate = template('notice.txt.hbs', true);
const htmlTemplate = template('notice.html.hbs', false);

const sentences = new Map<string, Sentence>();

/** Sentences stay raw here; the HTML template escapes them as a whole. */
function say(sentence: string, words: MailWords): string {
  let compiled = sentences.get(sentence);
  if (!compiled) {
    compiled = Handlebars.compile<MailWords>(sentence, { strict: true, noEscape: true });
    sentences.set(sentence, compiled);
  }
  return compiled(words);
}

/** The words of one notice in one language. @throws when a sentence names what `words` does not hold */
export function writeMail(kind: NoticeKind, locale: Locale, words: MailWords): WrittenMail {
  const { greeting, action, signature, footer, notices } = mailTexts[locale];
  const subject = say(notices[kind].subject, words);
  const context = {
    locale,
    subject,
    greeting: say(greeting, words),
    paragraphs: notices[kind].paragraphs.map((paragraph) => say(paragraph, words)),
    action,
    link: words.link,
    signature,
    footer,
  };
  return { subject, text: textTemplate(context), html: htmlTemplate(context) };
}
