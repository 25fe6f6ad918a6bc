import { expect } from 'chai';
import { createErrorLog, createThrottle } from '../../../lti/log/index.ts';
import { mark, markedError } from '../../support/marked-errors.ts';

class AwayError extends Error {
  override readonly name = 'MongoNetworkError';
}

describe('the log of unexpected errors', () => {
  let nowMs = 0;
  let lines: Record<string, unknown>[] = [];
  const log = () =>
    createErrorLog({
      logger: { error: (facts, msg) => void lines.push({ ...facts, msg }) },
      isAway: (error) => error instanceof AwayError,
      now: () => nowMs,
    });
  beforeEach(() => {
    [nowMs, lines] = [0, []];
  });

  it('has one line for each bug, under the reference that is given back', () => {
    const errors = log();
    const references = [1, 2, 3].map(() => errors.report(markedError(), 'a request failed', { job: 'x' }).reference);
    expect(new Set(references).size).to.equal(3);
    expect(lines.map(({ reference }) => reference)).to.deep.equal(references);
    expect(lines[0]).to.include({ kind: 'Error', job: 'x', msg: 'a request failed' });
    expect(JSON.stringify(lines)).to.not.match(mark);
  });

  it('has one line a kind in 30 seconds while the database is away, whoever reports, and counts the rest', () => {
    const errors = log();
    for (let index = 0; index < 800; index += 1) errors.report(new AwayError('x'), `place ${index}`);
    errors.reportRepeating(new AwayError('x'), 'a refresh failed');
    expect(lines).to.have.length(1);
    nowMs = 29_999;
    errors.report(new AwayError('x'), 'a request failed');
    expect(lines).to.have.length(1);
    nowMs = 30_000;
    errors.report(new AwayError('x'), 'a request failed');
    expect(lines).to.have.length(2);
    expect(lines[1]).to.include({ kind: 'MongoNetworkError', repeated: 801 });
    errors.report(markedError(TypeError), 'a request failed');
    expect(lines[2]).to.include({ kind: 'TypeError' }).and.not.have.property('repeated');
  });

  it('repeats what comes again by itself once in 30 seconds for each sentence and kind', () => {
    const errors = log();
    for (let index = 0; index < 5; index += 1) errors.reportRepeating(new TypeError('x'), 'a refresh failed');
    errors.reportRepeating(new RangeError('x'), 'a refresh failed');
    errors.reportRepeating(new TypeError('x'), 'something else failed');
    expect(lines).to.have.length(3);
    nowMs = 30_000;
    errors.reportRepeating(new TypeError('x'), 'a refresh failed');
    expect(lines[3]).to.include({ repeated: 4 });
  });

  it('takes an error that the question "is the database away?" cannot look at', () => {
    const errors = createErrorLog({
      logger: { error: (facts) => void lines.push({ ...facts }) },
      isAway: () => {
        throw markedError();
      },
    });
    errors.report(markedError(), 'a request failed');
    expect(lines).to.have.length(1);
  });

  it('keeps no more kinds in memory than there can be', () => {
    const throttle = createThrottle(() => 0);
    for (let index = 0; index < 2000; index += 1) expect(throttle.pass(String(index))).to.equal(0);
    expect(throttle.pass('1999')).to.equal(undefined);
  });
});
