// Deep Linking 2.0: the person who builds a course chooses views of this service; the platform gets links to them, signed.
import type { Request, Response } from 'express';
import type { DeepLinkSettings } from './claims.ts';
import { checkCsrf } from './csrf.ts';
import { LtiError } from './errors.ts';
import { readForm } from './form-body.ts';
import type { Html } from './html.ts';
import { hiddenFields, html, NOTHING, script } from './html.ts';
import type { Parts } from './parts.ts';
import type { View, WebSession } from './ports.ts';
import type { Exchange } from './sessions.ts';
import { word } from './texts.ts';

/** The body may bring the same name several times here, which our form reader refuses; hence one name per view. */
const PREFIX = 'view.';

/** Of a deep-linking session, whose data we sealed ourselves. */
interface Choice {
  session: WebSession;
  settings: DeepLinkSettings;
  views: View[];
}

export function createChooser(parts: Parts) {
  return async (request: Request, response: Response): Promise<void> => {
    const { session, settings, views } = await choiceOf(parts, { request, response });
    const slot = chooserForm({ session, settings, views });
    await parts.pages.send(response, { name: 'chooser', locale: session.locale, slot });
  };
}

export function createAnswer(parts: Parts) {
  return async (request: Request, response: Response): Promise<void> => {
    const { session, settings, views } = await choiceOf(parts, { request, response });
    const fields = await readForm(request);
    checkCsrf(parts, request, { session, token: fields.get('_csrf') });
    const chosen = views.filter((view) => fields.has(PREFIX + view.id) || fields.get('view') === view.id);
    if (chosen.length === 0 || (chosen.length > 1 && !settings.accept_multiple)) throw new LtiError('choice_invalid');
    const registration = await parts.registry.find(session.registrationId);
    if (registration === undefined) throw new LtiError('platform_unknown');
    const jwt = await parts.signer.sign({
      registration,
      deploymentId: session.deploymentId,
      items: chosen.map((view) => toItem(view, settings, parts.baseUrl)),
      ...(settings.data === undefined ? {} : { data: settings.data }),
    });
    // One request, one answer (DL 3.1): the choice is over before its answer leaves.
    await parts.sessions.end({ request, response }, 'choice');
    const slot = answerForm(settings.deep_link_return_url, jwt, session.locale);
    await parts.pages.send(response, { name: 'chosen', locale: session.locale, slot });
  };
}

async function choiceOf(parts: Parts, { request, response }: Exchange): Promise<Choice> {
  const session = await parts.sessions.resume(request, 'choice');
  const settings = session?.data['settings'];
  if (session === undefined || settings === undefined) throw new LtiError('session_missing');
  parts.framing.setPlatform(response, session.registrationId);
  if ((await parts.options.mayChoose?.(session)) === false) throw new LtiError('person_refused');
  return {
    session,
    settings: JSON.parse(settings) as DeepLinkSettings,
    views: parts.options.views?.(session.locale) ?? [],
  };
}

/** DL 3.2: only what the platform said it accepts. */
function toItem(view: View, settings: DeepLinkSettings, baseUrl: string): Record<string, unknown> {
  const type = ['ltiResourceLink', 'link'].find((one) => settings.accept_types.includes(one));
  if (type === undefined) throw new LtiError('choice_invalid', 'accept_types');
  const { id, title, text, path } = view;
  const framed = settings.accept_presentation_document_targets.includes('iframe');
  return {
    type,
    title,
    url: baseUrl + path,
    ...(text === undefined ? {} : { text }),
    ...(type === 'ltiResourceLink' ? { custom: { view: id } } : {}),
    ...(type === 'ltiResourceLink' && framed ? { iframe: { width: 1000, height: 800 } } : {}),
  };
}

function chooserForm({ session, settings, views }: Choice): Html {
  const several = settings.accept_multiple;
  const choices = views.map((view, index) => {
    const id = `view-${index}`;
    const name = several ? PREFIX + view.id : 'view';
    const text = view.text === undefined ? NOTHING : html`<div class="form-text">${view.text}</div>`;
    return html`<div class="form-check">
      <input
        class="form-check-input"
        type="${several ? 'checkbox' : 'radio'}"
        id="${id}"
        name="${name}"
        value="${view.id}"
      />
      <label class="form-check-label" for="${id}">${view.title}</label>
      ${text}
    </div>`;
  });
  return html`<form method="post" action="/lti/choose">
    ${hiddenFields([['_csrf', session.csrfToken]])}
    <fieldset>
      <legend class="visually-hidden">${word('views', session.locale)}</legend>
      ${choices}
    </fieldset>
    <button class="btn btn-primary" type="submit">${word('place', session.locale)}</button>
  </form>`;
}

function answerForm(returnUrl: string, jwt: string, locale: string): Html {
  return html`<form id="lti-answer" method="post" action="${returnUrl}">
      ${hiddenFields([['JWT', jwt]])}
      <button class="btn btn-primary" type="submit">${word('proceed', locale)}</button>
    </form>
    ${script('answer.js')}`;
}
