// The last two handlers of the application: nothing here, and something went wrong.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Views } from '../../views/index.ts';
import { MentoringError } from '../domain/errors.ts';
import { nationalNumbers } from '../domain/referral.ts';
import { outcomeOf, type Refusal, traceOf } from './errors.ts';
import type { Health } from './health.ts';
import { localeFor, sendBare, sendPage } from './serve.ts';
import { page, type Visit } from './visit.ts';

export const nothingHere: RequestHandler = () => {
  throw new MentoringError('not_found');
};

export interface RefuseOptions {
  readonly views: Views;
  readonly logger: Logger;
  readonly health: Pick<Health, 'isAway'>;
}

const away: Refusal = { status: 503, sentence: 'unavailable' };

export function refuse({ views, logger, health }: RefuseOptions): ErrorRequestHandler {
  const handler: ErrorRequestHandler = (...[error, request, response, next]) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const outcome = health.isAway(error) ? away : outcomeOf(error);
    if ('seeOther' in outcome) {
      response.redirect(303, outcome.seeOther);
      return;
    }
    const { status, sentence, reference = '' } = outcome;
    if (status === 503) response.set('Retry-After', '30');
    if (status >= 500) logger.error({ reference, ...traceOf(error) }, 'a request failed');
    const visit = response.locals['visit'] as Visit | undefined;
    const locale = visit?.locale ?? localeFor(request.acceptsLanguages('fr', 'en') || undefined);
    const t = views.sentences.in(locale);
    const model = {
      heading: t(`errors:${sentence}.title`),
      text: t(`errors:${sentence}.text`),
      reference,
      signedIn: visit !== undefined,
      numbers: nationalNumbers.map((number) => ({ number, text: t(`referral:number.${number}`) })),
    };
    if (visit) sendPage(response, views, { reply: page('error', model, status), visit });
    else sendBare(response, views, { ...page('error', model, status), locale });
  };
  // Express knows an error handler by its four parameters, and gathered ones do not count.
  return Object.defineProperty(handler, 'length', { value: 4 });
}
