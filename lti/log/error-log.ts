// How every part of the service tells the log of an unexpected error: described, and without repeating itself.
import { describeError, type ErrorDescription } from './describe-error.ts';
import { createThrottle } from './throttle.ts';

export interface ErrorLogger {
  error(facts: object, sentence: string): void;
}

export interface ErrorLog {
  /** One line, under the reference that is returned. While the database is away, one line a kind in 30 seconds. */
  report(error: unknown, sentence: string, facts?: object): ErrorDescription;
  /** For what polls or refreshes: one line a sentence and kind in 30 seconds, whatever the error is. */
  reportRepeating(error: unknown, sentence: string, facts?: object): ErrorDescription;
}

export interface ErrorLogParts {
  readonly logger: ErrorLogger;
  /** Whether an error only says that the database cannot be reached now. Default: none does. */
  readonly isAway?: (error: unknown) => boolean;
  /** Closed codes of the host application. */
  readonly codes?: readonly string[];
  /** Milliseconds of real time. */
  readonly now?: () => number;
}

/** One for the whole process: the throttle is shared by everybody who reports to it. */
export function createErrorLog({ logger, isAway = () => false, codes = [], now }: ErrorLogParts): ErrorLog {
  const ownCodes = new Set(codes);
  const throttle = createThrottle(now);
  const write = (facts: object, sentence: string, kind: string | undefined): void => {
    const repeated = kind === undefined ? 0 : throttle.pass(kind);
    if (repeated !== undefined) logger.error({ ...facts, ...(repeated > 0 && { repeated }) }, sentence);
  };
  const describe = (error: unknown): ErrorDescription => describeError(error, ownCodes);
  const isThrottled = (error: unknown): boolean => {
    try {
      return isAway(error);
    } catch {
      // A thrown proxy may refuse to be looked at.
      return false;
    }
  };
  return {
    report(error, sentence, facts = {}) {
      const described = describe(error);
      write({ ...facts, ...described }, sentence, isThrottled(error) ? described.kind : undefined);
      return described;
    },
    reportRepeating(error, sentence, facts = {}) {
      const described = describe(error);
      const { kind } = described;
      write({ ...facts, ...described }, sentence, isThrottled(error) ? kind : `${sentence} ${kind}`);
      return described;
    },
  };
}
