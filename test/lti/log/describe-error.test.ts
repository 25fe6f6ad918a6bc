import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { expect } from 'chai';
import { errors as joseErrors } from 'jose';
import mongoose from 'mongoose';
import { describeError } from '../../../lti/log/index.ts';
import { isKnownKind } from '../../../lti/log/known.ts';
import { LtiError } from '../../../lti/index.ts';
import { allMarked, mark, markedError } from '../../support/marked-errors.ts';

const here = 'test/support/marked-errors.ts';

describe('the description of an unexpected error', () => {
  it('is its kind, its code, files of this project with line and column, and a reference of its own', () => {
    const [one, other] = [describeError(markedError(TypeError)), describeError(markedError(TypeError))];
    expect(one.kind).to.equal('TypeError');
    expect(one.reference).to.match(/^[0-9a-f]{8}$/);
    expect(one.reference).to.not.equal(other.reference);
    expect(one.at[0]).to.match(new RegExp(`^${here}:\\d+:\\d+$`));
    expect(one.at[1]).to.match(/^test\/lti\/log\/describe-error\.test\.ts:\d+:\d+$/);
    expect(one).to.not.have.property('code');
  });

  for (const { what, make, kind, hasPlaces } of allMarked) {
    it(`holds no word of ${what}, and still says ${kind}${hasPlaces ? ' and where' : ''}`, () => {
      const described = describeError(make());
      expect(JSON.stringify(described)).to.not.match(mark);
      expect(described.kind).to.equal(kind);
      if (hasPlaces) expect(described.at.join(' ')).to.include(here);
    });
  }

  it('names the nearest known ancestor of a class that stands in no list', () => {
    class PrivateError extends LtiError {}
    expect(describeError(new PrivateError('internal')).kind).to.equal('LtiError');
  });

  it('shows the codes of the system and of MongoDB, those of its caller, and no others', () => {
    const of = (code: unknown): unknown => describeError(Object.assign(new Error('x'), { code })).code;
    expect([of('ECONNREFUSED'), of(11000), of('ERR_STREAM_DESTROYED'), of('EAUTH')]).to.deep.equal([
      'ECONNREFUSED',
      11000,
      'ERR_STREAM_DESTROYED',
      'EAUTH',
    ]);
    expect([of('case_full'), of('EALICE'), of(33612345678), of(19800312), of(NaN), of({})]).to.deep.equal(
      Array.from({ length: 6 }, () => undefined),
    );
    const own = Object.assign(new Error('x'), { code: 'case_full' });
    expect(describeError(own, new Set(['case_full'])).code).to.equal('case_full');
  });

  it('tells the causes and the errors of an AggregateError, a few of them, and goes round no circle', () => {
    const inner = new RangeError('inner');
    const gathered = new AggregateError([inner, new SyntaxError('x')], 'x', { cause: new URIError('x') });
    const described = describeError(gathered);
    expect(described.cause?.kind).to.equal('URIError');
    expect(described.errors?.map(({ kind }) => kind)).to.deep.equal(['RangeError', 'SyntaxError']);
    expect(described.errors?.[0]?.at[0]).to.match(/^test\/lti\/log\//);
    inner.cause = gathered;
    expect(describeError(gathered).errors?.[0]).to.not.have.property('cause');
    const many = new AggregateError(Array.from({ length: 500 }, () => new Error('x')));
    expect(describeError(many).errors).to.have.length(7);
  });

  it('says where a connection failed, though no file of ours was on the stack', async () => {
    const [error] = (await once(connect(1, '127.0.0.1'), 'nothing').catch((reason: unknown) => [reason])) as [unknown];
    const described = describeError(error);
    expect(described).to.include({ kind: 'Error', code: 'ECONNREFUSED' });
    expect(described.at[0]).to.match(/^node:net:\d+:\d+$/);
  });

  it('names files that exist only: neither a folder outside the project nor a place that was made up', () => {
    const places = [
      'file:///etc/passwd.js',
      '/etc/hostname',
      `${process.cwd()}/Alice Dupont.ts`,
      `file://${process.cwd()}/service/Alice.ts`,
      `file://${process.cwd()}/service/app.ts:1:2) Alice`,
      'node:Alice',
    ];
    const error = new Error('x');
    error.stack = `Error: x\n${places.map((place) => `    at Alice (${place}:1:2)`).join('\n')}`;
    expect(describeError(error).at).to.deep.equal([]);
    error.stack = `Error: x\n    at Alice Dupont (file://${process.cwd()}/service/app.ts?alice:12:7)`;
    expect(describeError(error).at).to.deep.equal(['service/app.ts:12:7']);
  });

  it('is of an error from another realm what it is of our own', () => {
    expect(describeError(vm.runInNewContext('new TypeError("Alice")')).kind).to.equal('TypeError');
  });

  it('knows every class of error of this project, of the database and of the tokens', () => {
    const own = ['bin', 'config', 'lti', 'service']
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
      )
      .filter((file) => /\.m?ts$|\.mjs$/.test(file))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/class (\w+) extends \w*Error\b/g)])
      .map(([, name]) => name);
    const isErrorClass = (one: unknown): one is new () => Error =>
      typeof one === 'function' && one.prototype instanceof Error;
    const driver = createRequire(import.meta.url)('mongodb') as object;
    const classes = [driver, mongoose.Error, joseErrors].flatMap((all): unknown[] => Object.values(all));
    const others = classes.filter(isErrorClass);
    const names = [...own, ...others.map(({ name }) => name)];
    expect(own.length).to.be.greaterThan(8);
    expect(others.length).to.be.greaterThan(50);
    expect(names.filter((name) => !isKnownKind(name) && !String(name).startsWith('MongoCrypt'))).to.deep.equal([]);
  });
});
