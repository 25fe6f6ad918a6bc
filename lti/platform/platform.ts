// Builds one platform: `app.use('/lti', createPlatform(options).router)`.
import { buildClaims } from './claims.ts';
import { frameAllow } from './launch.ts';
import { escapeHtml } from './pages.ts';
import { defaultLink, openRoom } from './room.ts';
import { createRouter } from './router.ts';
import { signIdToken, withoutUndefined } from './sign.ts';
import type { Platform, PlatformOptions } from './types.ts';

/**
 * A small LTI 1.3 platform for an intranet that has none.
 * @throws Error when the issuer is not a plain http(s) address.
 */
export function createPlatform(options: PlatformOptions): Platform {
  const room = openRoom(options);
  const { issuer, keys } = room;
  return {
    issuer,
    router: createRouter(room),
    keySet: () => keys.keySet(),
    rotateKeys: () => keys.rotate(),
    launchClaims(person, tool, overrides = {}) {
      const message = { kind: 'resourceLink', link: defaultLink(tool) } as const;
      return withoutUndefined({ ...buildClaims({ options, person, tool, message }), ...overrides });
    },
    signIdToken: (claims, signature) => signIdToken(keys, claims, signature),
    frame: (linkId, title) => frameHtml(`${issuer}/launch/${encodeURIComponent(linkId)}`, title),
    registrationUrl(toolRegistrationUrl) {
      const url = new URL(toolRegistrationUrl);
      url.searchParams.set('openid_configuration', `${issuer}/.well-known/openid-configuration`);
      url.searchParams.set('registration_token', room.invitations.issue(true));
      return Promise.resolve(url.href);
    },
  };
}

function frameHtml(src: string, title: string): string {
  return `<iframe src="${escapeHtml(src)}" title="${escapeHtml(title)}" width="100%" height="800" allow="${frameAllow}"></iframe>`;
}
