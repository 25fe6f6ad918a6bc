// The door to what may be said in a log. Knows nothing of LTI, nor of mentoring.
export {
  describeError,
  newReference,
  unexpectedLine,
  type ErrorDescription,
  type ErrorFacts,
} from './describe-error.ts';
export { createErrorLog, type ErrorLog, type ErrorLogger, type ErrorLogParts } from './error-log.ts';
export { standardErrorLog } from './standard-error.ts';
export { endOnUnexpectedError } from './process-errors.ts';
export { createThrottle, type Throttle } from './throttle.ts';
