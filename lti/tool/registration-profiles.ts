// What each kind of platform needs to be told about this tool: the fewest claims (asking for names makes Moodle send them
// always), no scopes, and only the messages the platform knows.
import { urlSheet } from './administration.ts';
import { PLATFORM, type PlatformConfiguration } from './platform-configuration.ts';

export const TOOL = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

const MESSAGES = ['LtiResourceLinkRequest', 'LtiDeepLinkingRequest', 'LtiDataPrivacyLaunchRequest'] as const;
type Message = (typeof MESSAGES)[number];

interface Profile {
  /** Where the platform shows each message, for those that ask. */
  placements?: Partial<Record<Message, string[]>>;
  tool?: Record<string, unknown>;
}

const PROFILES: readonly [RegExp, Profile][] = [
  [
    /canvas/i,
    {
      placements: { LtiResourceLinkRequest: ['course_navigation'], LtiDeepLinkingRequest: ['link_selection'] },
      // Canvas's own switch: without it every launch carries name and e-mail.
      tool: { 'https://canvas.instructure.com/lti/privacy_level': 'anonymous' },
    },
  ],
  // Brightspace shows nothing without placements either; its names are its own.
  [/desire2learn|brightspace|d2l/i, { placements: { LtiDeepLinkingRequest: ['ContentArea', 'RichTextEditor'] } }],
];

/** The registration request (Dynamic Registration 1.0, 3.6; OpenID Connect Dynamic Client Registration 1.0). */
export function toolMetadata(name: string, baseUrl: string, platform: PlatformConfiguration): Record<string, unknown> {
  const { product_family_code: family, messages_supported: supported } = platform[PLATFORM];
  const profile = PROFILES.find(([pattern]) => pattern.test(family))?.[1] ?? {};
  const urls = urlSheet(baseUrl);
  const known = MESSAGES.filter((type) => supported?.some((message) => message.type === type) ?? true);
  return {
    application_type: 'web',
    response_types: ['id_token'],
    grant_types: ['implicit', 'client_credentials'],
    initiate_login_uri: urls.loginUrl,
    redirect_uris: [urls.redirectUrl],
    client_name: name,
    jwks_uri: urls.keysetUrl,
    token_endpoint_auth_method: 'private_key_jwt',
    scope: '',
    [TOOL]: {
      domain: new URL(baseUrl).host,
      target_link_uri: urls.toolUrl,
      claims: ['iss', 'sub'],
      messages: known.map((type) => toMessage(type, name, { profile, url: urls.toolUrl })),
      ...profile.tool,
    },
  };
}

function toMessage(type: Message, label: string, { profile, url }: { profile: Profile; url: string }) {
  const placements = profile.placements?.[type];
  return { type, target_link_uri: url, label, ...(placements === undefined ? {} : { placements }) };
}

/** Canvas is one issuer for all its schools, which configure under their own host or at its single sign-on. */
export function issuerBelongsTo(issuer: string, host: string): boolean {
  if (issuer === 'https://canvas.instructure.com') {
    return host === 'sso.canvaslms.com' || host.endsWith('.instructure.com');
  }
  return isOwnHost(issuer, host);
}

export function isOwnHost(issuer: string, host: string): boolean {
  return URL.canParse(issuer) && new URL(issuer).host === host;
}
