// The log of every process: pino, made so that an error can never be written as it is. Whoever reports an error describes it
// first (lti/log); this is for the place that forgets.
import { pino, type Bindings, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { describeError } from '../lti/log/index.ts';

const deepest = 4;

type MakeChild = (this: Logger, bindings: Bindings, options?: object) => Logger;

/** to: standard output by default. */
export function createLogger({ level }: { readonly level: string }, to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    // Pino's own serializer of "err" writes message and stack.
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args as unknown[];
        const said = rest.map((one) => (typeof one === 'object' ? JSON.stringify(withoutErrors(one)) : one));
        const given = isError(first) ? [{ error: describeError(first) }, ...said] : [withoutErrors(first), ...said];
        // Without a sentence pino would take the error's message for it.
        if (isError(first) && said.length === 0) given.push('unexpected error');
        method.apply(this, given as Parameters<typeof method>);
      },
    },
  };
  const logger = to ? pino(options, to) : pino(options);
  const child = Reflect.get(logger, 'child') as unknown as MakeChild;
  // Pino's formatters do not see what a child is bound to.
  const describing: MakeChild = function (bindings, childOptions) {
    return child.call(this, withoutErrors(bindings) as Bindings, childOptions);
  };
  return Object.assign(logger, { child: describing });
}

function isError(value: unknown): boolean {
  try {
    return value instanceof Error || (typeof value === 'object' && value !== null && 'stack' in value);
  } catch {
    return true;
  }
}

/** The same value with every error in it described; nothing of a value that cannot be read. */
function withoutErrors(value: unknown, depth = 0): unknown {
  try {
    return copied(value, depth);
  } catch {
    return undefined;
  }
}

function copied(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isError(value)) return describeError(value);
  // Dates and their like write themselves.
  if ('toJSON' in value && typeof value.toJSON === 'function') return value;
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) return value.map((one) => withoutErrors(one, depth + 1));
  const entries = Object.entries(value).map(([name, one]) => [name, withoutErrors(one, depth + 1)] as const);
  return Object.fromEntries(entries);
}
