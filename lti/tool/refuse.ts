// How every error of a handler ends: as a page, or JSON for our scripts, with a reference; the log never has what was sent.
import type { Request, RequestHandler, Response } from 'express';
import { newReference } from '../log/index.ts';
import { LtiError } from './errors.ts';
import type { Trusted } from './launch-handler.ts';
import type { Parts } from './parts.ts';
import type { Exchange } from './sessions.ts';

export type Handler = (request: Request, response: Response) => Promise<void>;

const RETRY_SECONDS = 30;

export function politely(parts: Parts) {
  return (handler: Handler | ((request: Request, response: Response) => never)): RequestHandler =>
    async (request, response) => {
      try {
        await handler(request, response);
      } catch (error) {
        await refuse(parts, error, { request, response });
      }
    };
}

async function refuse(parts: Parts, error: unknown, exchange: Exchange): Promise<void> {
  const { errors, registry, options } = parts;
  const { response } = exchange;
  const refusal = refusalOf(parts, error);
  const { code, detail } = refusal;
  const { registrationId } = trustedOf(response);
  if (code === 'unavailable') {
    errors.report(error, 'the tool is unavailable');
    // The browser keeps what binds it to its login, so that the same launch may be sent again.
    if (!response.headersSent) {
      response.removeHeader('Set-Cookie');
      response.set('Retry-After', String(RETRY_SECONDS));
    }
    await answer(parts, { code, status: refusal.status }, exchange);
    return;
  }
  const unexpected = code === 'internal' ? errors.report(error, 'the tool failed') : undefined;
  const { reference } = unexpected ?? { reference: newReference() };
  if (!unexpected) options.logger.warn({ reference, code, detail, registrationId }, 'the door refused');
  if (registrationId !== undefined) registry.noteProblem(registrationId, code, options.clock.now());
  const shown = await unlessTooMany(parts, refusal, exchange.request);
  if (shown.retryAfter !== undefined && !response.headersSent) {
    response.set('Retry-After', String(shown.retryAfter));
  }
  await answer(parts, { code: shown.code, status: shown.status, reference }, exchange);
}

/** The refusal, or that there were too many of them: a failure of ours or of the platform's is nobody's attempt. */
async function unlessTooMany({ options }: Parts, refusal: LtiError, request: Request): Promise<LtiError> {
  if (refusal.status >= 500 || refusal.code === 'too_many_requests') return refusal;
  const seconds = await options.countRefusal?.(request);
  return seconds === undefined ? refusal : new LtiError('too_many_requests', undefined, seconds);
}

/** Takes whatever was thrown, even what refuses to be looked at. */
function refusalOf({ options }: Parts, error: unknown): LtiError {
  try {
    if (options.isUnavailable?.(error) === true) return new LtiError('unavailable');
    return error instanceof LtiError ? error : new LtiError('internal');
  } catch {
    return new LtiError('internal');
  }
}

function trustedOf(response: Response): Trusted {
  return (response.locals['trusted'] ?? {}) as Trusted;
}

type Answer = Pick<LtiError, 'code' | 'status'> & { readonly reference?: string };

async function answer({ pages }: Parts, refusal: Answer, { request, response }: Exchange): Promise<void> {
  const { locale: wanted, returnUrl } = trustedOf(response);
  const { code, status, reference } = refusal;
  if (response.headersSent) {
    response.destroy();
  } else if (request.headers['content-type'] === 'application/json') {
    response.status(status).json({ code, reference });
  } else {
    const locale = pages.localeOf(request, wanted);
    const back = returnUrl === undefined ? {} : { returnUrl };
    await pages.refuse(response, { ...refusal, locale, ...back });
  }
}
