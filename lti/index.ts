// The only door of lti/: what the service may use of the tool. The platform's door is lti/platform/index.ts.
export { strictApp, strictRouter } from './strict-routes.ts';
export { createTool } from './tool/tool.ts';
export type { DeepLinkAnswer, DeepLinkSigner } from './tool/deep-link-signer.ts';
export type { Tool } from './tool/tool.ts';
export { createAdministration, urlSheet } from './tool/administration.ts';
export type { Administration, AdministrationOptions, UrlSheet } from './tool/administration.ts';
export type { PlatformForm } from './tool/platform-form.ts';
export type { AddressOf, PlatformReview, PlatformView } from './tool/platform-view.ts';
export { hostOf, isPlainAddress } from './tool/addresses.ts';
export { hostsOf, inOrder, labOf } from './tool/ownership.ts';
export type { Collision, Likeness } from './tool/ownership.ts';
export { LtiError } from './tool/errors.ts';
export type { LtiErrorCode } from './tool/errors.ts';
export { isMaskedToken, maskToken } from './tool/masked-token.ts';
export type { KeyState } from './tool/tool-keys.ts';
export { hasMembershipRole } from './tool/roles.ts';
export { createKeyring } from './tool/keyring.ts';
export { personOf } from './tool/launch.ts';
export type {
  Approval,
  Clock,
  Deployment,
  Invite,
  InviteStore,
  KeyStore,
  Launch,
  Logger,
  MessageType,
  OpenSession,
  Page,
  PageName,
  Registration,
  RegistrationNote,
  RegistrationStore,
  RenderPage,
  SessionPurpose,
  SessionRecord,
  SessionStore,
  ToolKey,
  ToolOptions,
  View,
  WebSession,
  Welcome,
} from './tool/ports.ts';
