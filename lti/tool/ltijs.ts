// ltijs behind the door: its library part only (Deep Linking; Names and Roles and Grades, should they ever be needed). Its
// launch server is built by setup() but never mounted nor listening; docs/decisions/0002 says why. Loaded on first use:
// 420 ms and 39 MB that most copies never need.
import { createRequire } from 'node:module';
import type { LtijsDatabase, LtijsItem, LtijsSources } from './ltijs-plugin.ts';
import { createLtijsPlugin, toIdToken } from './ltijs-plugin.ts';
import type { DeepLinkSigner } from './ports.ts';

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
      return provider.DeepLinking.createDeepLinkingMessage(toIdToken(answer), answer.items, options);
    },
  };
}

function load(sources: LtijsSources): LtijsProvider {
  const { Provider } = createRequire(import.meta.url)('ltijs') as { Provider: LtijsProvider };
  // The package exports one instance for the whole process; two tools in one process need one each.
  const own = Reflect.construct(Provider.constructor, []) as LtijsProvider;
  // The key is ltijs's own encryption key: unused, since the plugin opens what our keyring sealed.
  return own.setup('unused: the plugin keeps the secrets', { plugin: createLtijsPlugin(sources) }, { cors: false });
}
