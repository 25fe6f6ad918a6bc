// The end of every accepted launch, whichever way the browser was bound: welcome, one write, cookie.
import type { DeepLinkSettings } from './claims.ts';
import type { Parts } from './parts.ts';
import type { Launch, SessionPurpose } from './ports.ts';
import type { Exchange } from './sessions.ts';

export interface Accepted {
  launch: Launch;
  nonce: string;
  locale: string;
  deepLinking: DeepLinkSettings | undefined;
}

export interface Begun {
  path: string;
  secret: string;
  purpose: SessionPurpose;
}

/** Welcomes, writes the session, hands out its cookie. @throws LtiError launch_replayed */
export async function accept(parts: Parts, exchange: Exchange, accepted: Accepted): Promise<Begun> {
  const { launch, nonce, locale, deepLinking } = accepted;
  const welcome = await parts.options.enter(launch);
  if (!isLocalPath(welcome.path)) throw new Error('enter() must answer with a path on this site');
  const choice = deepLinking && {
    path: '/lti/choose',
    data: { ...welcome.data, settings: JSON.stringify(deepLinking) },
  };
  const purpose = choice ? 'choice' : 'visit';
  const { path, data } = choice ?? welcome;
  const secret = await parts.sessions.begin({ purpose, launch, nonce, locale, data });
  await parts.sessions.handOut(exchange, purpose, secret);
  parts.framing.remember(exchange.response, launch.registrationId);
  parts.registry.noteLaunch(launch.registrationId, parts.options.clock.now());
  return { path, secret, purpose };
}

/** "//other.example" and "/\other.example" leave the site. */
export function isLocalPath(path: string): boolean {
  return /^\/(?![/\\])[^\\\s]*$/.test(path);
}
