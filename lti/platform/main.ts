// node --import tsx lti/platform/main.ts --config platform.json
import { parseArgs } from 'node:util';
import { endOnUnexpectedError, unexpectedLine } from '../log/index.ts';
import { ConfigError, readConfig } from './config.ts';
import { startPlatform } from './process.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  if (values.config === undefined) throw new ConfigError('Say which configuration to use: --config platform.json.');
  const config = readConfig(values.config);
  const running = await startPlatform(config, { now: () => new Date() });
  console.log(`The platform ${config.issuer} listens on ${running.place}.`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void running.stop());
  }
}

endOnUnexpectedError();
main().catch((error: unknown) => {
  // Only a sentence of ours is for the operator's eyes; of anything else kind and place are told.
  console.error(error instanceof ConfigError || isArgumentError(error) ? error.message : unexpectedLine(error));
  process.exitCode = 1;
});

function isArgumentError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
