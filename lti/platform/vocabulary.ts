// Names that the LTI 1.3 specifications fix.
export const claim = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
export const deepLinkingClaim = (name: string): string => `https://purl.imsglobal.org/spec/lti-dl/claim/${name}`;

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership#';
const editors = ['Administrator', 'ContentDeveloper'];

/** A short role name belongs to the membership vocabulary and to no other (LTI Core A.2.2.1). */
export function fullRole(role: string): string {
  return role.includes(':') ? role : `${membership}${role}`;
}

export function mayEditByRole(roles: readonly string[] = []): boolean {
  return roles.some((role) => editors.includes(fullRole(role).split('#')[1] ?? ''));
}

export const messageTypes = {
  resourceLink: 'LtiResourceLinkRequest',
  deepLinking: 'LtiDeepLinkingRequest',
  dataPrivacy: 'LtiDataPrivacyLaunchRequest',
} as const;

export type MessageKind = keyof typeof messageTypes;
