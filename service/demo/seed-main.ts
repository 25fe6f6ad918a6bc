// `npm run seed`: the invented people and their history in the database of the settings, without starting a service.
import { ConfigError, loadConfig } from '../../config/load-config.ts';
import { openDatabase } from '../database.ts';
import { openLog } from '../open-log.ts';
import { runOnce } from '../run.ts';
import { wireCore } from '../wiring.ts';
import { openClock } from './clock.ts';
import { checkSecret, createIds, prepareData, seedData } from './data.ts';
import { openMailbox } from './mailbox.ts';
import { openMemory } from './memory.ts';
import { demoProgramme, ensurePlatforms } from './platforms.ts';

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

await runOnce(async (defer) => {
  const config = loadConfig();
  if (config.environment === 'production') {
    throw new ConfigError('NODE_ENV is production: invented people have no place there.');
  }
  const origin = `http://localhost:${process.env['INTRANETS_PORT'] ?? '3001'}`;
  const database = await openDatabase(config, say);
  defer(() => database.close());
  const memory = await openMemory(database.uri);
  defer(() => memory.close());
  if (!(await prepareData(memory, false))) {
    await checkSecret(database.uri, config);
    say('The invented people are there already.');
    return 0;
  }
  const clock = await openClock(memory);
  const mailbox = await openMailbox(memory, clock);
  defer(() => mailbox.close());
  const programme = demoProgramme(config.programme, origin);
  const logger = openLog('warn', 2);
  const { newId } = createIds();
  let isDone = false;
  // What breaks in the middle of a seed is begun anew by the next one, and no news.
  defer(() => {
    if (!isDone) logger.level = 'silent';
    return Promise.resolve();
  }, 'way in');
  const seedConfig = { ...config, programme, mongodbUri: database.uri, smtpUrl: mailbox.smtpUrl };
  const core = await wireCore(seedConfig, { clock, logger, newId });
  defer(() => core.close());
  const platforms = await ensurePlatforms(core.tool.administration, origin);
  const onFailure = (job: string, error: unknown): void => {
    core.errors.report(error, 'a job failed', { job });
  };
  await seedData({ core, clock, memory, platforms, secret: config.secret, say, onFailure });
  isDone = true;
  say('Done: 80 invented members in five labs.');
  return 0;
});
