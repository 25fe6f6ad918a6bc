// What every handler of the tool holds in its hand; built once in tool.ts.
import type { ErrorLog } from '../log/index.ts';
import type { Framing } from './framing.ts';
import type { Keyring } from './keyring.ts';
import type { KeySets } from './key-sets.ts';
import type { Pages } from './pages.ts';
import type { DeepLinkSigner } from './deep-link-signer.ts';
import type { ToolOptions } from './ports.ts';
import type { Registry } from './registry.ts';
import type { Sessions } from './sessions.ts';
import type { ToolKeys } from './tool-keys.ts';

export interface Parts {
  options: ToolOptions;
  errors: ErrorLog;
  /** Origin, without a trailing slash. */
  baseUrl: string;
  /** True when the base URL is https; on loopback http, cookies come in two kinds (see cookies.ts). */
  https: boolean;
  keyring: Keyring;
  registry: Registry;
  keySets: KeySets;
  sessions: Sessions;
  toolKeys: ToolKeys;
  framing: Framing;
  pages: Pages;
  signer: DeepLinkSigner;
}
