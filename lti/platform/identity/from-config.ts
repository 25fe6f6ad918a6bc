// The header identity of the stand-alone process: its secret from a file or the environment, and a refusal to start when
// nothing tells the proxy from any other process of the machine.
import { ConfigError, type PlatformConfig } from '../config.ts';
import { readSecrets } from '../secret-file.ts';
import type { Identify } from '../types.ts';
import { headerIdentity } from './header.ts';
import { createSecretCheck } from './shared-secret.ts';

type HeaderConfig = Extract<PlatformConfig['identity'], { kind: 'header' }>;
type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError in one sentence */
export function sourceFromHeader(
  config: PlatformConfig,
  identity: HeaderConfig,
  env: Environment = process.env,
): Identify {
  const values = sharedSecrets(identity, env);
  const unixSocket = config.listen.socket !== undefined;
  const isTrial = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(config.issuer).hostname);
  if (values === undefined && !unixSocket && !isTrial) {
    throw new ConfigError(
      'identity: any process of the proxy’s machine could name anybody: give a secret that the proxy sends along ' +
        '(identity.secretFile or INTRANET_SECRET_FILE), or listen on a Unix socket (listen.socket); ' +
        'docs/intranet.md says how.',
    );
  }
  if (identity.addresses.length === 0 && !unixSocket) {
    throw new ConfigError('identity.addresses: name the address that the proxy’s connections come from.');
  }
  const secret = values && { header: identity.secretHeader, values };
  told('identity', () => secret && createSecretCheck(secret));
  return told('identity.addresses', () =>
    headerIdentity({ ...identity, secret, unixSocket, trustAddressesAlone: isTrial }),
  );
}

function told<T>(setting: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new ConfigError(`${setting}: ${error instanceof Error ? error.message : 'malformed'}.`);
  }
}

function sharedSecrets({ secretFile }: HeaderConfig, env: Environment): readonly string[] | undefined {
  const given = (name: string) => (env[name] === '' ? undefined : env[name]);
  const [value, file] = [given('INTRANET_SECRET'), given('INTRANET_SECRET_FILE')];
  if ([secretFile, value, file].filter((one) => one !== undefined).length > 1) {
    throw new ConfigError('identity: keep one of identity.secretFile, INTRANET_SECRET and INTRANET_SECRET_FILE.');
  }
  if (value !== undefined) return [value];
  if (secretFile !== undefined) return readSecrets('identity.secretFile', secretFile);
  return file === undefined ? undefined : readSecrets('INTRANET_SECRET_FILE', file);
}
