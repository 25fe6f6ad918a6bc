// The template engine: what it refuses, and what it escapes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { createEngine, type Engine } from '../../views/engine.ts';

describe('the template engine', () => {
  let root = '';
  const engineOf = (files: Record<string, string>): Engine => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), content);
    }
    return createEngine(root, { loud: (text: string) => text.toUpperCase() });
  };

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'views-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('escapes values in pages and leaves plain text as it is', () => {
    const engine = engineOf({ 'page.hbs': '{{name}}', 'mail.txt.hbs': '{{name}}' });
    expect(engine.render('page', { name: '<b>' }, {})).to.equal('&lt;b&gt;');
    expect(engine.render('mail.txt', { name: '<b>' }, {})).to.equal('<b>');
  });

  it('refuses a page that names what the model does not hold', () => {
    const engine = engineOf({ 'page.hbs': '{{nam}}' });
    expect(() => engine.render('page', { name: 'Ada' }, {})).to.throw('nam');
  });

  it('refuses an unknown template, and an unknown helper when it starts', () => {
    expect(() => engineOf({ 'page.hbs': 'x' }).render('other', {}, {})).to.throw('no template other');
    expect(() => engineOf({ 'bad.hbs': '{{whisper name x}}' })).to.throw('whisper');
  });

  it('shows a partial nothing but what it is given', () => {
    const engine = engineOf({
      'partials/box/line.hbs': '{{loud text}}{{secret}}',
      'page.hbs': '{{> box/line text=name}}',
      'right.hbs': '{{> box/line text=name secret="!"}}',
    });
    expect(() => engine.render('page', { name: 'ada', secret: 'x' }, {})).to.throw('secret');
    expect(engine.render('right', { name: 'ada', secret: 'x' }, {})).to.equal('ADA!');
  });

  it('gives partials what is said once for all by its @name', () => {
    const engine = engineOf({ 'partials/csrf.hbs': '{{@csrf}}', 'page.hbs': '{{> csrf}}' });
    expect(engine.render('page', {}, { csrf: 'token' })).to.equal('token');
  });
});
