// The sentences: the same in both languages, each one used, and set as French and English are.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { mentoringErrorCodes } from '../../service/domain/errors.ts';
import { outcomes } from '../../service/http/errors.ts';
import { createSentences, readSentences } from '../../views/sentences.ts';

const root = path.resolve(import.meta.dirname, '../..');
const locales = path.join(root, 'views/locales');

function keysOf(value: unknown, prefix: string): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  if (Array.isArray(value)) return [`${prefix}[${value.length}]`];
  return Object.entries(value).flatMap(([name, inner]) =>
    keysOf(inner, `${prefix}${prefix.endsWith(':') ? '' : '.'}${name}`),
  );
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

const all = readSentences(locales);
const keysIn = (locale: string): string[] =>
  Object.entries(all[locale] ?? {}).flatMap(([namespace, content]) => keysOf(content, `${namespace}:`));
const textsIn = (locale: string): string[] => Object.values(all[locale] ?? {}).flatMap(stringsOf);

/** Everything in which a sentence may be asked for. */
const sources = ['service', 'views']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(root, folder, name),
    ),
  )
  .filter((name) => /\.(?:ts|hbs)$/u.test(name))
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n');

describe('the sentences', () => {
  it('exist in French and in English, French first', () => {
    expect(createSentences(locales).locales).to.deep.equal(['fr', 'en']);
    expect(keysIn('fr')).to.deep.equal(keysIn('en'));
  });

  it('are each asked for somewhere, by their key or by the part before a code', () => {
    const asked = new Set([...sources.matchAll(/["'`]([a-z-]+:[\w.-]*)/gu)].map(([, key = '']) => key));
    const pages = new Set(readdirSync(path.join(root, 'views/pages')).map((name) => name.replace('.hbs', '')));
    const isAsked = (key: string): boolean => {
      const base = key.replace(/\[\d+\]$|_(?:zero|one|many|other)$/u, '');
      if (asked.has(base)) return true;
      // "namespace:kind." with a code behind it, and the title of every page.
      const parts = base.split('.');
      const stems = parts.map((_part, index) => parts.slice(0, index).join('.')).filter((stem) => stem !== '');
      if (stems.some((stem) => asked.has(`${stem}.`))) return true;
      const [namespace = '', name] = base.split(':');
      return asked.has(`${namespace}:`) || (name === 'title' && pages.has(namespace));
    };
    const elsewhere = /^(?:mails|report):/u;
    expect(keysIn('fr').filter((key) => !elsewhere.test(key) && !isAsked(key))).to.deep.equal([]);
  });

  it('use the same values in both languages', () => {
    const values = (texts: string[]): string[] =>
      texts.map((text) =>
        [...text.matchAll(/\{\{(\w+)\}\}/gu)]
          .map(([, name]) => name)
          .sort()
          .join(),
      );
    // A form for one may write the number as a word.
    const comparable = (locale: string): string[] =>
      values(textsIn(locale).filter((text) => !text.includes('{{count}}')));
    expect(comparable('fr').length).to.be.greaterThan(200);
    expect(comparable('fr')).to.deep.equal(comparable('en'));
  });

  it('have no-break spaces before French high signs and inside guillemets, and curved apostrophes', () => {
    const wrong = textsIn('fr').filter((text) =>
      /(?: [:;?!»])|[^\s\u00a0\u202f(][?!;](?:\s|$)|« |'|\.\.\./u.test(text),
    );
    expect(wrong).to.deep.equal([]);
    expect(textsIn('en').filter((text) => /'|\s[;?!]|\.\.\./u.test(text))).to.deep.equal([]);
  });

  it('refuse a key or a value that does not exist', () => {
    const t = createSentences(locales).in('fr');
    expect(() => t('home:nothing_like_it')).to.throw('home:nothing_like_it');
    expect(() => t('home:heading')).to.throw('name');
  });

  it('follow French plurals: none and one are singular', () => {
    const t = createSentences(locales).in('fr');
    expect(t('forms:summary', { count: 1 })).to.equal('Une réponse est à revoir');
    expect(t('forms:summary', { count: 2 })).to.equal('2 réponses sont à revoir');
  });

  it('say something for every refusal of the programme that has a page of its own', () => {
    for (const locale of ['fr', 'en']) {
      const t = createSentences(locales).in(locale);
      for (const code of mentoringErrorCodes.filter((one) => 'status' in outcomes[one])) {
        expect(t(`errors:${code}.title`)).not.to.equal('');
        expect(t(`errors:${code}.text`)).not.to.equal('');
      }
    }
  });
});
