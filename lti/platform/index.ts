// The only door of the platform module.
export { createPlatform } from './platform.ts';
export { fileKeys, memoryKeys } from './keys.ts';
export { headerIdentity, type HeaderIdentity } from './identity/header.ts';
export { oidcIdentity, type OidcIdentity } from './identity/oidc.ts';
export { PlatformError, platformErrorCodes, type PlatformErrorCode } from './errors.ts';
export type {
  Claims,
  Clock,
  Identify,
  IdentitySource,
  KeyStore,
  LinkStore,
  Person,
  Platform,
  PlatformOptions,
  ResourceLink,
  SignatureOptions,
  StoredKey,
  StoredKeys,
  Tool,
  ToolStore,
} from './types.ts';
