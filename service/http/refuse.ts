// The last two handlers of the application: nothing here, and something went wrong.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Views } from '../../views/index.ts';
import { MentoringError } from '../domain/errors.ts';
import { nationalNumbers } from '../domain/referral.ts';
import { refusing, type RefusingOptions } from './refusing.ts';
import { localeFor, sendBare, sendPage } from './serve.ts';
import { page, type Visit } from './visit.ts';

export const nothingHere: RequestHandler = () => {
  throw new MentoringError('not_found');
};

export interface RefuseOptions extends RefusingOptions {
  readonly views: Views;
}

export function refuse({ views, ...watch }: RefuseOptions): ErrorRequestHandler {
  return refusing(watch, ({ status, sentence, reference = '' }, request, response) => {
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
  });
}
