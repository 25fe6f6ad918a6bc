// The last two handlers of the application: nothing here, and something went wrong.
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Sentence, Views } from '../../views/index.ts';
import { MentoringError } from '../domain/errors.ts';
import { nationalNumbers } from '../domain/referral.ts';

import { fieldsToKeep, waitOf } from './present/too-many.ts';
import { asErrorHandler, refusing, type RefusingOptions, type Shown } from './refusing.ts';
import { localeFor, sendBare, sendPage } from './serve.ts';
import { page, type PageReply, type Visit } from './visit.ts';

export const nothingHere: RequestHandler = () => {
  throw new MentoringError('not_found');
};

export interface RefuseOptions extends RefusingOptions {
  readonly views: Views;
}

/** For what is refused before its own router has set them: the headers that every page carries. */
export function headersFirst(headers: RequestHandler): ErrorRequestHandler {
  const handler: ErrorRequestHandler = (...[error, request, response, next]) => {
    if (response.headersSent || response.hasHeader('Content-Security-Policy')) {
      next(error);
      return;
    }
    response.set('Cache-Control', 'no-store');
    headers(request, response, (failed?: unknown) => {
      next(failed ?? error);
    });
  };
  return asErrorHandler(handler);
}

export function refuse({ views, ...watch }: RefuseOptions): ErrorRequestHandler {
  return refusing(watch, (refusal, request, response) => {
    const visit = response.locals['visit'] as Visit | undefined;
    const locale = visit?.locale ?? localeFor(request.acceptsLanguages('fr', 'en') || undefined);
    const reply = pageOf(refusal, { request, t: views.sentences.in(locale), signedIn: visit !== undefined });
    if (visit) sendPage(response, views, { reply, visit });
    else sendBare(response, views, { ...reply, locale });
  });
}

interface Situation {
  readonly request: Request;
  readonly t: Sentence;
  readonly signedIn: boolean;
}

function pageOf(
  { status, sentence, reference = '', retryAfter }: Shown,
  { request, t, signedIn }: Situation,
): PageReply {
  const said = {
    heading: t(`errors:${sentence}.title`),
    text: t(`errors:${sentence}.text`),
    signedIn,
    numbers: nationalNumbers.map((number) => ({ number, text: t(`referral:number.${number}`) })),
  };
  if (status !== 429 || retryAfter === undefined) return page('error', { ...said, reference }, status);
  return page('too-many', { ...said, wait: waitOf(t, retryAfter), again: fieldsToKeep(request) }, status);
}
