// One sheet with what the pages use of Bootstrap's: nothing that is used may be missing.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect } from 'chai';
import { classesOfTool, loadAssets } from '../../views/assets.ts';
import { classesIn, usedCss } from '../../views/used-css.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (folder: string, ending: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'));
const bootstrap = readFileSync(createRequire(import.meta.url).resolve('bootstrap/dist/css/bootstrap.min.css'), 'utf8');
const namesIn = (css: string): Set<string> =>
  new Set([...css.matchAll(/\.(?=[a-z])([\w-]+)(?=[^{}]*\{)/gu)].map(([, name]) => name ?? ''));

describe('the style sheet', () => {
  const sheet = loadAssets().get('mentorat.css')!.content.toString();

  it('has every class that a template uses and Bootstrap knows', () => {
    const used = [...classesIn(read('views', '.hbs'))].filter((name) => namesIn(bootstrap).has(name));
    expect(used.length).to.be.above(25);
    expect(used.filter((name) => !namesIn(sheet).has(name))).to.deep.equal([]);
  });

  it('has every class that the markup of the LTI tool’s pages uses', () => {
    const used = [...classesIn(read('lti/tool', '.ts'))];
    expect(used).to.include('btn-primary');
    expect(used.filter((name) => !classesOfTool.includes(name))).to.deep.equal([]);
  });

  it('knows every property that its rules ask for, and brings no rule of classes that nobody uses', () => {
    const asked = [...sheet.matchAll(/var\((--[\w-]+)\)/gu)].map(([, name]) => name ?? '');
    const known = new Set([...sheet.matchAll(/(--[\w-]+)\s*:/gu)].map(([, name]) => name ?? ''));
    const lost = [...new Set(asked)].filter((name) => !known.has(name));
    const neverThere = lost.filter((name) => !new RegExp(`${name}\\s*:`, 'u').test(bootstrap));
    expect(lost).to.deep.equal(neverThere);
    for (const idle of ['modal', 'carousel', 'navbar', 'accordion', 'dropdown-menu']) {
      expect(namesIn(sheet).has(idle), idle).to.equal(false);
    }
  });
});

describe('what is used of a style sheet', () => {
  const css =
    '@charset "UTF-8";/*! of a licence */:root,[data-bs-theme=light]{--bs-a:1px;--bs-b:var(--bs-c);--bs-c:red;--bs-d:2px}' +
    '@media (min-width:1px){.a,.b:is(.a,p){top:var(--bs-a)}.b{top:0}}.a:not(.b)>p{color:var(--bs-b)}@keyframes k{0%{top:0}}.b{top:1px}';

  it('is each selector of which every class is known, with the properties that are asked for', () => {
    expect(usedCss(css, new Set(['a']), '')).to.equal(
      '/*! of a licence */:root{--bs-a:1px;--bs-b:var(--bs-c);--bs-c:red;}@media (min-width:1px){.a{top:var(--bs-a)}}.a:not(.b)>p{color:var(--bs-b)}',
    );
    expect(usedCss(css, new Set(), 'p{top:var(--bs-d)}')).to.equal('/*! of a licence */:root{--bs-d:2px}');
  });

  it('is, of Bootstrap’s, every selector if every class is known, but for its own script’s and themes’', () => {
    const selectors = (text: string): Set<string> =>
      new Set(
        [
          ...text
            .replace(/\/\*[^]*?\*\/|@charset[^;]*;|@keyframes [\w-]+\{(?:[^{}]*\{[^{}]*\})*\}/gu, '')
            .matchAll(/([^{}]+)\{/gu),
        ]
          .flatMap(([, list = '']) => (list.startsWith('@') ? [] : list.split(/,(?![^(]*\))/u)))
          .filter((one) => !one.includes('[data-bs-')),
      );
    const all = selectors(usedCss(bootstrap, namesIn(bootstrap), bootstrap));
    expect(all.size).to.be.above(1500);
    expect([...selectors(bootstrap)].filter((one) => !all.has(one))).to.deep.equal([]);
  });
});
