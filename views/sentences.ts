// Every sentence the programme says, by language: locales/<locale>/<namespace>.json, asked for as "namespace:key".
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';

/** @throws Error for a key or a value that does not exist: a page never shows a raw key. */
export type Sentence = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export interface Sentences {
  readonly locales: readonly string[];
  in(locale: string): Sentence;
}

type Resources = Record<string, Record<string, object>>;

/** locales/<locale>/<namespace>.json as { locale: { namespace: content } }. */
export function readSentences(root: string): Resources {
  const read = (locale: string): [string, Record<string, object>] => [
    locale,
    Object.fromEntries(
      readdirSync(path.join(root, locale))
        .filter((file) => file.endsWith('.json'))
        .map((file) => [
          path.basename(file, '.json'),
          JSON.parse(readFileSync(path.join(root, locale, file), 'utf8')) as object,
        ]),
    ),
  ];
  return Object.fromEntries(readdirSync(root).sort().reverse().map(read));
}

/** Reads all languages once; the first one is French, the programme's own. */
export function createSentences(root: string): Sentences {
  const resources = readSentences(root);
  const locales = Object.keys(resources);
  const i18n = i18next.createInstance();
  const missing = (key: string): never => {
    throw new Error(`no sentence or value for ${key}`);
  };
  void i18n.init({
    resources,
    lng: locales[0] ?? 'fr',
    supportedLngs: locales,
    // No silent mixing of languages.
    fallbackLng: false,
    ns: [...new Set(Object.values(resources).flatMap((namespaces) => Object.keys(namespaces)))],
    initAsync: false,
    // Handlebars escapes; doing it twice would show entities.
    interpolation: { escapeValue: false },
    appendNamespaceToMissingKey: true,
    parseMissingKeyHandler: missing,
    missingInterpolationHandler: (_text: string, match: string[]) => missing(match[1] ?? ''),
  });
  const fixed = new Map(
    locales.map((locale): [string, Sentence] => [locale, i18n.getFixedT(locale) as unknown as Sentence]),
  );
  return {
    locales,
    in: (locale) => fixed.get(locale) ?? fixed.get(locales[0] ?? 'fr') ?? missing(locale),
  };
}
