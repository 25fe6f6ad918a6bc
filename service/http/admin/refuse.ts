// Refusals on administration pages: the house's own sentences, without data, and how to get a link where a session is missing.
import type { ErrorRequestHandler } from 'express';
import type { Views } from '../../../views/index.ts';
import { refusing, type RefusingOptions } from '../refusing.ts';
import { sendBare } from '../serve.ts';
import { waitOf } from '../present/too-many.ts';
import { wantedLocale } from './enter.ts';

interface RefuseOptions extends RefusingOptions {
  readonly views: Views;
}

export function refuseAdmin({ views, ...watch }: RefuseOptions): ErrorRequestHandler {
  return refusing(watch, ({ status, sentence, reference = '', retryAfter }, request, response) => {
    const locale = wantedLocale(request);
    const t = views.sentences.in(locale);
    const how = status === 401;
    const text = [t(`errors:${sentence}.text`), ...(retryAfter === undefined ? [] : [waitOf(t, retryAfter)])].join(' ');
    const said = how ? { heading: t('admin:closed.heading'), text: t('admin:closed.text') } : undefined;
    const model = {
      ...(said ?? { heading: t(`errors:${sentence}.title`), text }),
      how,
      back: !how,
      reference,
    };
    sendBare(response, views, { page: 'admin-closed', model, status, locale });
  });
}
