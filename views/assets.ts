// Style sheets, scripts of our own and the icon: read once, named by their content so that browsers keep them for ever.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

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

const here = path.join(import.meta.dirname, 'assets');
const files: Record<string, string> = {
  'bootstrap.css': createRequire(import.meta.url).resolve('bootstrap/dist/css/bootstrap.min.css'),
  'mentorat.css': path.join(here, 'mentorat.css'),
  'arrive.js': path.join(here, 'arrive.js'),
  'progress.js': path.join(here, 'progress.js'),
  'week-editor.js': path.join(here, 'week-editor.js'),
  'icon.svg': path.join(here, 'icon.svg'),
};

function load(name: string, file: string): Asset {
  // The source map is not served, so nothing may point to it.
  const content = Buffer.from(readFileSync(file, 'utf8').replace(/\/\*# sourceMappingURL=.*?\*\//u, ''));
  const { name: stem, ext } = path.parse(name);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const type = types[ext] ?? 'application/octet-stream';
  return { url: `/assets/${stem}.${hash}${ext}`, type, content, gzipped: gzipSync(content, { level: 9 }) };
}

/** All assets by their plain name ("mentorat.css"). */
export function loadAssets(): ReadonlyMap<string, Asset> {
  return new Map(Object.entries(files).map(([name, file]) => [name, load(name, file)]));
}
