// Our addresses, and what each platform calls the field that wants them. Names of fields are the platforms' own English
// ones, as in docs/platforms.
import type { UrlSheet } from '../../../../lti/index.ts';
import type { Sentence } from '../../../../views/index.ts';

export interface SheetUrls extends UrlSheet {
  readonly iconUrl: string;
}

const urls = ['loginUrl', 'redirectUrl', 'keysetUrl', 'toolUrl', 'deepLinkingUrl', 'iconUrl'] as const;
type Url = (typeof urls)[number];

const platforms: readonly { name: string; fields: Partial<Record<Url, string>> }[] = [
  {
    name: 'Moodle',
    fields: {
      toolUrl: 'Tool URL',
      keysetUrl: 'Public keyset (Public key type: Keyset URL)',
      loginUrl: 'Initiate login URL',
      redirectUrl: 'Redirection URI(s)',
      deepLinkingUrl: 'Content Selection URL',
      iconUrl: 'Icon URL, Secure icon URL',
    },
  },
  {
    name: 'Canvas',
    fields: {
      redirectUrl: 'Redirect URIs',
      toolUrl: 'Target Link URI',
      loginUrl: 'OpenID Connect Initiation URL',
      keysetUrl: 'Public JWK URL (JWK Method)',
      deepLinkingUrl: 'Link Selection > Target Link URI',
      iconUrl: 'Icon Url',
    },
  },
  {
    name: 'Brightspace',
    fields: {
      redirectUrl: 'Redirect URLs',
      loginUrl: 'OpenID Connect Login URL',
      toolUrl: 'Target Link URI',
      keysetUrl: 'Keyset URL',
      deepLinkingUrl: 'Deep Linking > URL',
    },
  },
  {
    name: 'Blackboard',
    fields: {
      loginUrl: 'Login Initiation URL',
      redirectUrl: 'Tool Redirect URL(s)',
      keysetUrl: 'Tool JWKS URL',
      toolUrl: 'Target link URI',
      deepLinkingUrl: 'Deep Linking content tool > Target link URI',
      iconUrl: 'Tool Icon',
    },
  },
  {
    name: 'Sakai',
    fields: {
      toolUrl: 'Launch URL',
      keysetUrl: 'Tool keyset URL',
      loginUrl: 'Tool OpenID Connect initialization endpoint',
      redirectUrl: 'Tool redirect endpoint(s)',
    },
  },
];

export interface SheetView {
  readonly ours: readonly { label: string; url: string }[];
  readonly platforms: readonly { name: string; heading: string; fields: readonly { label: string; url: string }[] }[];
}

export function presentSheet(t: Sentence, sheet: SheetUrls): SheetView {
  return {
    ours: urls.map((url) => ({ label: t(`admin-sheet:url.${url}`), url: sheet[url] })),
    platforms: platforms.map(({ name, fields }) => ({
      name,
      heading: `sheet-${name.toLowerCase()}`,
      fields: (Object.entries(fields) as [Url, string][]).map(([url, label]) => ({ label, url: sheet[url] })),
    })),
  };
}
