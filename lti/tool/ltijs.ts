// ltijs behind the door: its library part only (Deep Linking; Names and Roles and Grades, should they ever be needed). Its
// launch server is built by setup() but never mounted nor listening; docs/decisions/0002 says why. Loaded on first use:
// 420 ms and 39 MB that most copies never need.
import { sign } from 'node:crypto';
import { createRequire } from 'node:module';
import { randomToken } from './keyring.ts';
import type { LtijsDatabase, LtijsItem, LtijsSources } from './ltijs-plugin.ts';
import { createLtijsPlugin, toIdToken } from './ltijs-plugin.ts';
import type { DeepLinkSigner } from './deep-link-signer.ts';

const LIFE_SECONDS = 300;

/** What is used of ltijs 5.9.9; @types/ltijs describes version 4. */
interface LtijsProvider {
  setup(key: string, database: { plugin: LtijsDatabase }, options: { cors: false }): LtijsProvider;
  DeepLinking: {
    createDeepLinkingMessage(idToken: LtijsItem, items: LtijsItem[], options: LtijsItem): Promise<string>;
  };
}

export function createLtijsSigner(sources: LtijsSources): DeepLinkSigner {
  let provider: LtijsProvider | undefined;
  return {
    sign: async (answer) => {
      provider ??= load(sources);
      const options = answer.message === undefined ? {} : { message: answer.message };
      const message = await provider.DeepLinking.createDeepLinkingMessage(toIdToken(answer), answer.items, options);
      return stamp(message, sources);
    },
  };
}

/**
 * ltijs takes its times from the machine and its nonce from Math.random. The service has a clock of its own, which the
 * demonstration moves; so times and nonce are set anew and the message is signed again, with the same key.
 */
async function stamp(message: string, { signing, now }: LtijsSources): Promise<string> {
  const [head = '', body = ''] = message.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const iat = Math.floor(now().getTime() / 1000);
  const stamped = { ...claims, nonce: randomToken(16), iat, exp: iat + LIFE_SECONDS };
  const text = `${head}.${Buffer.from(JSON.stringify(stamped)).toString('base64url')}`;
  const { key } = await signing();
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

function load(sources: LtijsSources): LtijsProvider {
  const { Provider } = createRequire(import.meta.url)('ltijs') as { Provider: LtijsProvider };
  // The package exports one instance for the whole process; two tools in one process need one each.
  const own = Reflect.construct(Provider.constructor, []) as LtijsProvider;
  // The key is ltijs's own encryption key: unused, since the plugin opens what our keyring sealed.
  return own.setup('unused: the plugin keeps the secrets', { plugin: createLtijsPlugin(sources) }, { cors: false });
}
