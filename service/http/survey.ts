// The closing survey: open to whoever holds a link from a mail, without session, cookie or script, in no frame. Looking
// uses nothing up, so that a mail scanner or a preview cannot; the button does. A link that is not good is never repeated.
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { strictRouter } from '../../lti/index.ts';
import type { Views } from '../../views/index.ts';
import { surveyQuestions, surveyScale } from '../domain/survey.ts';
import { answerSurvey, lookAtSurvey, type SurveyLinkState } from '../usecases/answer-survey.ts';
import type { Ports } from '../usecases/ports.ts';
import { named, wantedLocale } from './admin/enter.ts';
import { fieldOf } from './admin/guard.ts';
import { readForm } from './forms/form.ts';
import { surveyForm } from './forms/survey.ts';
import { strictHeaders } from './headers.ts';
import { formsOnly } from './limits.ts';
import { fieldsOf, type Filled } from './present/fields.ts';
import { sendBare } from './serve.ts';

export interface SurveyOptions {
  readonly ports: Pick<Ports, 'surveys' | 'clock' | 'rules'>;
  readonly views: Views;
}

type Note = Exclude<SurveyLinkState, 'open'> | 'thanks';

const statuses: Readonly<Record<Note, number>> = { thanks: 200, answered: 410, over: 410, unknown: 404 };
const empty: Filled = { raw: {}, problems: [] };

export function surveyRouter({ ports, views }: SurveyOptions): Router {
  const note = (request: Request, response: Response, what: Note): void => {
    const locale = wantedLocale(request);
    const t = views.sentences.in(locale);
    const model = { heading: t(`survey:note.${what}.heading`), text: t(`survey:note.${what}.text`) };
    sendBare(response, views, { page: 'survey-note', model, status: statuses[what], locale });
  };
  const ask = (request: Request, response: Response, { token, filled }: { token: string; filled: Filled }): void => {
    const locale = wantedLocale(request);
    const t = views.sentences.in(locale);
    const fields = fieldsOf(t, filled);
    const questions = surveyQuestions.map((question) => ({
      label: t(`survey:question.${question}`),
      field: fields.choices(question, surveyScale, (reply) => t(`survey:scale.${reply}`)),
    }));
    const model = { heading: t('survey:heading'), token, summary: fields.summary(), questions };
    sendBare(response, views, { page: 'survey', model, status: filled === empty ? 200 : 422, locale });
  };
  const show: RequestHandler = async (request, response) => {
    const token = String(request.params['token']);
    const state = await lookAtSurvey(ports, token);
    if (state === 'open') ask(request, response, { token, filled: empty });
    else note(request, response, state);
  };
  const keep: RequestHandler = async (request, response) => {
    const token = fieldOf(request, 'token');
    const state = await lookAtSurvey(ports, token);
    const form = readForm(surveyForm, request.body);
    if (state !== 'open') note(request, response, state);
    else if (!form.ok) ask(request, response, { token, filled: form });
    else {
      const kept = await answerSurvey(ports, form.values);
      note(request, response, kept === 'open' ? 'thanks' : kept);
    }
  };

  const router = strictRouter();
  router.use(strictHeaders('none'), (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/:token', named('/survey/:token'), show);
  router.post('/', named('/survey'), formsOnly, express.urlencoded({ extended: false, limit: '4kb' }), keep);
  return router;
}
