// What the holder of an invitation sees in a plain browser: the sheet of our addresses, and the form for what their platform
// answers. The invitation itself lets them in, so there is no session here.
import type { RequestHandler } from 'express';
import { type Administration, LtiError, urlSheet } from '../../../lti/index.ts';
import type { Views } from '../../../views/index.ts';
import type { Locale } from '../../domain/terms.ts';
import { lastingIcon } from '../assets.ts';
import { bareFrame } from '../frame.ts';
import { readForm } from '../forms/form.ts';
import type { Filled } from '../present/fields.ts';
import { sendHtml } from '../send-html.ts';
import { sendBare } from '../serve.ts';
import { wantedLocale } from './enter.ts';
import { invitedForm } from './forms.ts';
import { checkOrigin } from './guard.ts';
import { platformFieldViews } from './present/new-platform.ts';
import { presentSheet } from './present/sheet.ts';

interface Shown {
  readonly locale: Locale;
  readonly baseUrl: string;
  readonly filled?: Filled;
}

const empty: Filled = { raw: {}, problems: [] };

export function invitedPage(views: Views, { locale, baseUrl, filled = empty }: Shown): string {
  const t = views.sentences.in(locale);
  const heading = t('admin-invited:heading');
  const { fields, views: form } = platformFieldViews(t, filled);
  const sheet = presentSheet(t, { ...urlSheet(baseUrl), iconUrl: baseUrl + lastingIcon });
  const model = { heading, summary: fields.summary(), sheet, form };
  return views.show({ page: 'admin-invited', model, frame: bareFrame(heading), locale, csrf: '' });
}

interface Parts {
  readonly administration: Administration;
  readonly views: Views;
}

/** The form's way: with the invitation in the address, as the page has it. */
export function connectByHand({ administration, views }: Parts): RequestHandler {
  const baseUrl = new URL(administration.urlSheet().toolUrl).origin;
  return async (request, response) => {
    response.locals['route'] = '/lti/register/:token';
    checkOrigin(request, baseUrl);
    const locale = wantedLocale(request);
    const again = (status: number, filled: Filled): void => {
      response.status(status);
      sendHtml(response, 'admin-invited', invitedPage(views, { locale, baseUrl, filled }));
    };
    const form = readForm(invitedForm({ baseUrl }), request.body);
    if (!form.ok) {
      again(422, form);
      return;
    }
    const outcome = await connect(administration, String(request.params['token']), form.values);
    if (outcome === 'registration_exists') {
      again(409, { raw: form.raw, problems: [{ field: 'issuer', message: 'admin-invited:exists' }] });
      return;
    }
    const t = views.sentences.in(locale);
    const said = outcome === 'invite_invalid' ? 'dead' : 'waiting';
    const model = {
      heading: t(`admin-invited:${said}.heading`),
      sentences: [t(`admin-invited:${said}.text`)],
      slot: '',
      reference: '',
    };
    sendBare(response, views, { page: 'door', model, status: said === 'dead' ? 403 : 201, locale });
  };
}

type Connected = 'connected' | 'invite_invalid' | 'registration_exists';

async function connect(
  administration: Administration,
  token: string,
  form: Parameters<Administration['addInvitedPlatform']>[1],
): Promise<Connected> {
  try {
    await administration.addInvitedPlatform(token, form);
    return 'connected';
  } catch (error) {
    const code = error instanceof LtiError ? error.code : undefined;
    if (code !== 'invite_invalid' && code !== 'registration_exists') throw error;
    return code;
  }
}
