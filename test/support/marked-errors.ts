// Errors that carry a person's name in every place where an error can carry something.
import mongoose from 'mongoose';

/** What no log may hold. */
export const mark = /alice|dupont/i;

const words = 'no member Alice Dupont <alice.dupont@lab.example>';
const forged = `x\n    at Alice Dupont <alice@lab>\n    at alice (${process.cwd()}/service/app.ts:1:2) Dupont\n    at Alice_Dupont (file://${process.cwd()}/service/Dupont.ts:1:2)`;

/** One with the name in its message. */
export function markedError(type: new (message: string) => Error = Error): Error {
  return new type(words);
}

function changed<T extends object>(error: T, change: object): T {
  return Object.assign(error, change);
}

function keyed(): Error {
  const { MongoServerError } = mongoose.mongo;
  const message = 'E11000 duplicate key error collection: members dup key: { email: "alice.dupont@lab.example" }';
  return new MongoServerError({ message, code: 11000, keyPattern: { email: 1 }, keyValue: { email: 'alice.dupont' } });
}

function invalid(): Error {
  return new mongoose.Error.CastError('Number', 'Alice Dupont', 'alice');
}

function withComputedName(): Error {
  const classes = { ['AliceDupontError']: class extends RangeError {} };
  const error = new classes.AliceDupontError(words);
  return changed(error, { name: 'AliceDupontError' });
}

function throwing(): Error {
  const error = markedError();
  for (const name of ['stack', 'name', 'message', 'code', 'cause', 'errors']) {
    Object.defineProperty(error, name, {
      get: () => {
        throw markedError();
      },
    });
  }
  return error;
}

function refusing(): object {
  const refuse = (): never => {
    throw markedError();
  };
  return new Proxy(markedError(), { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse });
}

function rewritten(): Error {
  const error = new Error(forged);
  error.message = 'Alice Dupont';
  return error;
}

function repeated(): Error {
  const error = new Error(forged);
  error.stack = `${error.stack ?? ''}\n${forged}\n${error.stack ?? ''}`;
  return error;
}

function readBefore(): Error {
  const error = markedError();
  error.stack = `${error.stack ?? ''} Alice`.replaceAll('at ', 'at Alice Dupont ');
  return error;
}

function unplaced(): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new Error(forged);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const aliceDupont = {
  aliceDupont: () => new TypeError(words),
};

export interface Marked {
  readonly what: string;
  /** Not always an error: anything can be thrown. */
  readonly make: () => Error;
  readonly kind: string;
  /** Whether its stack still tells where it was made. */
  readonly hasPlaces: boolean;
}

const row = (what: string, kind: string, make: () => unknown) => ({ what, kind, make: make as () => Error });
const told = (...given: Parameters<typeof row>): Marked => ({ ...row(...given), hasPlaces: true });
const untold = (...given: Parameters<typeof row>): Marked => ({ ...row(...given), hasPlaces: false });

export const allMarked: readonly Marked[] = [
  told('a message', 'TypeError', () => markedError(TypeError)),
  told('a message with lines that look like frames', 'Error', () => new Error(forged)),
  told('a message of a megabyte', 'Error', () => new Error(`${words}\n`.repeat(20_000))),
  told('a message that was changed', 'Error', rewritten),
  told('a stack that repeats the message', 'Error', repeated),
  told('the name of the function it was made in', 'TypeError', () => aliceDupont.aliceDupont()),
  told('a name', 'RangeError', () => changed(markedError(RangeError), { name: 'AliceDupont' })),
  told('a name of several lines', 'Error', () => changed(markedError(), { name: forged })),
  told('a class', 'RangeError', withComputedName),
  told('a code', 'Error', () => changed(markedError(), { code: 'ALICE_DUPONT' })),
  told('a code that looks like one of the system', 'Error', () => changed(markedError(), { code: 'EALICE' })),
  told('fields beside', 'Error', () => changed(markedError(), { alice: words, path: words, toJSON: () => words })),
  told('a cause', 'Error', () => new Error(words, { cause: changed(markedError(), { code: 'alice' }) })),
  told('a cause that is text', 'Error', () => new Error(words, { cause: words })),
  told('several errors in one', 'AggregateError', () => new AggregateError([markedError(), words, keyed()], words)),
  told('the key of a duplicate', 'MongoServerError', keyed),
  told('the value that a schema refused', 'CastError', invalid),
  untold('a stack that was set by hand', 'Error', () => changed(markedError(), { stack: words })),
  untold('a stack whose frames were changed', 'Error', readBefore),
  untold('an error made without a stack', 'Error', unplaced),
  untold('an error that cannot be read', 'Error', throwing),
  untold('a proxy that refuses everything', 'object', refusing),
  untold('text', 'string', () => words),
  untold('a plain object', 'object', () => ({ alice: words, toJSON: () => words })),
  untold('nothing', 'undefined', () => undefined),
  untold('null', 'null', () => null),
];
