// Builds one platform: `app.use('/lti', createPlatform(options).router)`.
import { buildClaims } from './claims.ts';
import { frameHtml } from './pages.ts';
import { invitation } from './connect.ts';
import { defaultLink, openRoom } from './room.ts';
import { toolsThatShare } from './pseudonyms.ts';
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
    async keySet() {
      await toolsThatShare(room);
      return keys.keySet();
    },
    rotateKeys: () => keys.rotate(),
    launchClaims(person, tool, overrides = {}) {
      const message = { kind: 'resourceLink', link: defaultLink(tool) } as const;
      return withoutUndefined({ ...buildClaims({ options, person, tool, message }), ...overrides });
    },
    signIdToken: (claims, signature) => signIdToken(keys, claims, signature),
    frame: (linkId, title) => frameHtml(issuer, { id: linkId, title }),
    registrationUrl: (toolUrl) => invitation(room, toolUrl),
  };
}
