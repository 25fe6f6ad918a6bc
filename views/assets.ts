// Style sheets, scripts of our own and the icon: read once, named by their content so that browsers keep them for ever.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { classesIn, usedCss } from './used-css.ts';

export interface Asset {
  /** "/assets/mentorat.1a2b3c4d5e.css" */
  readonly url: string;
  readonly type: string;
  readonly content: Buffer;
  readonly gzipped: Buffer;
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const here = import.meta.dirname;
const own = (name: string): string => readFileSync(path.join(here, 'assets', name), 'utf8');

/** Classes in the markup of the LTI tool's own pages, which the layout shows. */
export const classesOfTool = [
  'btn',
  'btn-primary',
  'form-check',
  'form-check-input',
  'form-check-label',
  'form-text',
  'visually-hidden',
];

/** Classes of what the week's editor makes. */
const classesOfEditor = ['btn', 'btn-link', 'btn-outline-primary', 'btn-sm', 'form-check', 'form-select'];

/** One sheet for all pages: what they use of Bootstrap's, and our own after it. */
function styleSheet(): string {
  const bootstrap = readFileSync(
    createRequire(import.meta.url).resolve('bootstrap/dist/css/bootstrap.min.css'),
    'utf8',
  );
  const templates = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.hbs'))
    .map((name) => readFileSync(path.join(here, name), 'utf8'));
  const classes = new Set([...classesIn(templates), ...classesOfTool, ...classesOfEditor]);
  return usedCss(bootstrap, classes, own('mentorat.css')) + own('mentorat.css');
}

/** Few requests on the first page: what every page needs is one sheet and one script. */
const contents: Record<string, () => string> = {
  'mentorat.css': styleSheet,
  'page.js': () => own('frame.js') + own('arrive.js'),
  'progress.js': () => own('progress.js'),
  'week-editor.js': () => own('week-editor.js'),
  'icon.svg': () => own('icon.svg'),
};

function assetOf(name: string, text: string): Asset {
  const content = Buffer.from(text);
  const { name: stem, ext } = path.parse(name);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const type = types[ext] ?? 'application/octet-stream';
  return { url: `/assets/${stem}.${hash}${ext}`, type, content, gzipped: gzipSync(content, { level: 9 }) };
}

/** All assets by their plain name ("mentorat.css"). */
export function loadAssets(): ReadonlyMap<string, Asset> {
  return new Map(Object.entries(contents).map(([name, read]) => [name, assetOf(name, read())]));
}
