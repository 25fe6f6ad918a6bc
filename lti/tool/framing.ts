// Who may hold a page in a frame: the origins of the one platform that the page belongs to, told by its login, launch or
// session. A cookie remembers that platform longer than the session, so that the page which says that a session is over
// can be shown where it was open.
import type { Response } from 'express';
import { originsOf } from './addresses.ts';
import type { CookieJar } from './cookies.ts';
import { mac, sameText, type Keyring } from './keyring.ts';
import type { WebSession } from './ports.ts';
import type { Registry } from './registry.ts';

const COOKIE = 'lti_p_platform';
const LIFE_SECONDS = 30 * 86_400;

export interface Framing {
  /** Sources for the CSP directive frame-ancestors of this answer. */
  ancestors(response: Response): string[];
  /** The page that follows belongs to this platform. */
  setPlatform(response: Response, registrationId: string): void;
  /** A platform that is being registered frames us before it is known. */
  setOrigins(response: Response, addresses: string[]): void;
  /** Remembers the platform in this browser. */
  remember(response: Response, registrationId: string): void;
}

interface FramingParts {
  registry: Pick<Registry, 'frameOrigins'>;
  keyring: Pick<Keyring, 'platform'>;
  jar: CookieJar;
}

interface Noted {
  platform?: string;
  frameOrigins?: string[];
  session?: WebSession;
}

export function createFraming({ registry, keyring, jar }: FramingParts): Framing {
  const remembered = (response: Response): string | undefined => {
    const [id = '', proof = ''] = jar.read(response.req, COOKIE)?.split('.') ?? [];
    return id !== '' && sameText(mac(keyring.platform, id), proof) ? id : undefined;
  };
  return {
    ancestors: (response) => {
      const { platform, frameOrigins, session } = response.locals as Noted;
      if (frameOrigins !== undefined) return ["'self'", ...frameOrigins];
      const id = platform ?? session?.registrationId ?? remembered(response);
      return ["'self'", ...(id === undefined ? [] : registry.frameOrigins(id))];
    },
    setPlatform: (response, registrationId) => {
      response.locals['platform'] = registrationId;
    },
    setOrigins: (response, addresses) => {
      response.locals['frameOrigins'] = originsOf(addresses);
    },
    remember: (response, registrationId) => {
      const value = `${registrationId}.${mac(keyring.platform, registrationId)}`;
      jar.set(response, { name: COOKIE, value, maxAgeSeconds: LIFE_SECONDS });
    },
  };
}
