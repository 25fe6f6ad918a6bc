// The only door of the platform module.
export { createPlatform } from './platform.ts';
export { fileKeys, memoryKeys } from './keys.ts';
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
