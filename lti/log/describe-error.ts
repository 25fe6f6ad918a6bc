// The one description of an unexpected error, for every log: what kind it is and where it came from, never a word of it.
// Messages, names, codes and stacks may all hold a person's name; only what stands in a closed list or is a file of this
// project gets through. Takes whatever was thrown, and never throws itself.
import { randomUUID } from 'node:crypto';
import { isKnownCode, isKnownKind } from './known.ts';
import { placesOf } from './places.ts';

export interface ErrorFacts {
  /** Class of the error, or of its nearest ancestor that is known; the type of what is no error. */
  readonly kind: string;
  readonly code?: string | number;
  /** Files with line and column, innermost first. */
  readonly at: readonly string[];
  readonly cause?: ErrorFacts;
  /** Of an AggregateError. */
  readonly errors?: readonly ErrorFacts[];
}

export interface ErrorDescription extends ErrorFacts {
  /** Eight hexadecimal digits: the same on the page, in the log and in the job's record. */
  readonly reference: string;
}

const mostDescribed = 8;
const mostAncestors = 12;
const noCodes: ReadonlySet<string> = new Set();

/** Short, and new each time. */
export function newReference(): string {
  return randomUUID().slice(0, 8);
}

/** ownCodes: closed codes that may be shown beside those of Node.js and the packages. */
export function describeError(error: unknown, ownCodes = noCodes): ErrorDescription {
  return { reference: newReference(), ...factsOf(error, { seen: new Set(), ownCodes }) };
}

/** For a process's standard error: one line. */
export function unexpectedLine(error: unknown): string {
  return `Unexpected error ${JSON.stringify(describeError(error))}`;
}

interface Walk {
  /** Causes may go round in a circle, and may be many. */
  readonly seen: Set<unknown>;
  readonly ownCodes: ReadonlySet<string>;
}

function factsOf(error: unknown, walk: Walk): ErrorFacts {
  if (error === null) return { kind: 'null', at: [] };
  if (typeof error !== 'object' && typeof error !== 'function') return { kind: typeof error, at: [] };
  walk.seen.add(error);
  const [stack, message, code] = ['stack', 'message', 'code'].map((name) => read(error, name));
  const at = typeof stack === 'string' ? placesOf(stack, typeof message === 'string' ? message : '') : [];
  const cause = below([read(error, 'cause')], walk)[0];
  const errors = below(listed(read(error, 'errors')), walk);
  return {
    kind: kindOf(error, typeof stack === 'string'),
    ...(isKnownCode(code, walk.ownCodes) && { code }),
    at,
    ...(cause && { cause }),
    ...(errors.length > 0 && { errors }),
  };
}

function below(errors: readonly unknown[], walk: Walk): ErrorFacts[] {
  const facts: ErrorFacts[] = [];
  for (const error of errors) {
    if (walk.seen.size >= mostDescribed) break;
    if (error !== undefined && !walk.seen.has(error)) facts.push(factsOf(error, walk));
  }
  return facts;
}

function listed(errors: unknown): readonly unknown[] {
  return quietly(() => (Array.isArray(errors) ? (errors as unknown[]).slice(0, mostDescribed) : [])) ?? [];
}

/** "Error" says least: a listed ancestor that says more comes first. */
function kindOf(error: object, isError: boolean): string {
  const names = [read(error, 'name'), ...classNames(error)].filter(isKnownKind);
  return names.find((name) => name !== 'Error') ?? (isError || names.length > 0 ? 'Error' : typeof error);
}

function classNames(error: object): unknown[] {
  const names: unknown[] = [];
  let ancestor = quietly(() => Object.getPrototypeOf(error) as object | null);
  while (ancestor && names.length < mostAncestors) {
    const type = read(ancestor, 'constructor');
    names.push(typeof type === 'function' ? read(type, 'name') : undefined);
    const child = ancestor;
    ancestor = quietly(() => Object.getPrototypeOf(child) as object | null);
  }
  return names;
}

/** Getters and proxies may throw. */
function read(from: object, name: string): unknown {
  return quietly(() => (from as Record<string, unknown>)[name]);
}

function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
