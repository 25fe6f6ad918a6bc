// The door of the views: pages in their layout, in one of the programme's languages.
import path from 'node:path';
import type Handlebars from 'handlebars';
import { type Asset, loadAssets } from './assets.ts';
import { createEngine, type Engine } from './engine.ts';
import { createSentences, type Sentence, type Sentences } from './sentences.ts';

export type { Asset } from './assets.ts';
export type { Engine } from './engine.ts';
export type { Sentence, Sentences } from './sentences.ts';

export interface Shown {
  /** Template under pages/, without the ending. */
  page: string;
  model: object;
  /** What the layout needs besides the page: title, navigation... */
  frame: { readonly title: string };
  locale: string;
  /** Put into every form; empty on pages without a session. */
  csrf: string;
  /** Inside a frame, where browsers refuse to begin at what autofocus names: the page's script does it. Default: false. */
  framed?: boolean;
}

export interface Views {
  readonly engine: Engine;
  readonly sentences: Sentences;
  readonly assets: ReadonlyMap<string, Asset>;
  /** The whole HTML document. @throws Error for a page, a name or a sentence that does not exist */
  show(shown: Shown): string;
}

/** `t` in templates: {{t "home:title" count=2}}; `list` gives the items of a sentence that is a list. */
function helpers(assets: ReadonlyMap<string, Asset>): Record<string, Handlebars.HelperDelegate> {
  const speak = (options: Handlebars.HelperOptions): Sentence => (options.data as { t: Sentence }).t;
  return {
    t: (key: string, options: Handlebars.HelperOptions) => speak(options)(key, options.hash),
    list: (key: string, options: Handlebars.HelperOptions) =>
      speak(options)(key, { ...options.hash, returnObjects: true }),
    // An address may hold what has a meaning of its own in a link: "a?bcc=b@lab.example" is one.
    mailto: (address: string) => `mailto:${encodeURIComponent(address).replace('%40', '@')}`,
    asset: (name: string) => {
      const asset = assets.get(name);
      if (!asset) throw new Error(`no asset ${name}`);
      return asset.url;
    },
  };
}

/** A form that was refused: what is wrong stands in a list above it, and first in the title. */
function hasErrors(model: object): boolean {
  return 'summary' in model && Array.isArray(model.summary) && model.summary.length > 0;
}

/** Reads and compiles everything once. */
export function createViews(): Views {
  const root = import.meta.dirname;
  const assets = loadAssets();
  const sentences = createSentences(path.join(root, 'locales'));
  const engine = createEngine(root, helpers(assets));
  return {
    engine,
    sentences,
    assets,
    show({ page, model, frame, locale, csrf, framed = false }) {
      const data = { t: sentences.in(locale), locale, csrf, alone: !framed };
      const body = engine.render(`pages/${page}`, model, data);
      const title = hasErrors(model) ? data.t('frame:error_title', { title: frame.title }) : frame.title;
      return engine.render('layouts/page', { ...frame, title, body }, data);
    },
  };
}
