// Refusals on administration pages: the house's own sentences, without data, and how to get a link where a session is missing.
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Views } from '../../../views/index.ts';
import { outcomeOf, type Refusal, traceOf } from '../errors.ts';
import type { Health } from '../health.ts';
import { sendBare } from '../serve.ts';
import { wantedLocale } from './enter.ts';

interface RefuseOptions {
  readonly views: Views;
  readonly logger: Logger;
  readonly health: Pick<Health, 'isAway'>;
}

const away: Refusal = { status: 503, sentence: 'unavailable' };

export function refuseAdmin({ views, logger, health }: RefuseOptions): ErrorRequestHandler {
  const handler: ErrorRequestHandler = (...[error, request, response, next]) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const outcome = health.isAway(error) ? away : outcomeOf(error);
    if ('seeOther' in outcome) throw new Error('a refusal of administration leads nowhere else');
    const { status, sentence, reference = '' } = outcome;
    if (status === 503) response.set('Retry-After', '30');
    if (status >= 500) logger.error({ reference, ...traceOf(error) }, 'a request failed');
    const locale = wantedLocale(request);
    const t = views.sentences.in(locale);
    const how = status === 401;
    const said = how ? { heading: t('admin:closed.heading'), text: t('admin:closed.text') } : undefined;
    const model = {
      ...(said ?? { heading: t(`errors:${sentence}.title`), text: t(`errors:${sentence}.text`) }),
      how,
      back: !how,
      reference,
    };
    sendBare(response, views, { page: 'admin-closed', model, status, locale });
  };
  // Express knows an error handler by its four parameters, and gathered ones do not count.
  return Object.defineProperty(handler, 'length', { value: 4 });
}
