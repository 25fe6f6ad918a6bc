// The service as a process: settings, database, wiring, port; and on a signal all of it back in less than a second.
import { loadConfig } from '../config/load-config.ts';
import { openDatabase } from './database.ts';
import { listen } from './listen.ts';
import { openLog } from './open-log.ts';
import { runUntilSignal } from './run.ts';
import { systemClock, wire } from './wiring.ts';

await runUntilSignal(async (defer) => {
  const config = loadConfig();
  const logger = openLog(config.logLevel, 1);
  for (const risk of config.acceptedRisks) logger.warn({ risk }, 'a risk is accepted by a setting');
  const database = await openDatabase(config, (sentence) => {
    logger.info(sentence);
  });
  defer(() => database.close());
  const service = await wire({ ...config, mongodbUri: database.uri }, { clock: systemClock, logger });
  defer(() => service.close());
  await service.worker.start();
  const listening = await listen(service.app, {
    port: config.port,
    host: config.listenHost,
    setting: 'PORT',
  });
  defer(() => listening.close(), 'way in');
  logger.info({ address: config.baseUrl }, 'Mentorat Dialogue is ready');
  return true;
});
