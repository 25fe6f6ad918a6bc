// A copy of the service that starts on an older database, in a process of its own, with migrations of the tests only.
import { pino } from 'pino';
import { loadConfig } from '../../config/load-config.ts';
import { systemClock, wireCore } from '../../service/wiring.ts';
import { testMigrations } from './migrations.ts';

const [leaseMs = '30000', pauseMs = '0'] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const config = loadConfig();
const lines = {
  write: (line: string): void => {
    say(line.trim());
  },
};
const core = await wireCore(config, {
  clock: systemClock,
  logger: pino({ level: 'info' }, lines),
  schema: {
    migrations: testMigrations(Number(pauseMs)),
    leaseMs: Number(leaseMs),
    pollMs: 50,
    onProgress: ({ migration, done, total }) => {
      say(`${migration} ${done}/${total}`);
    },
    onWait: () => {
      say('waits');
    },
  },
});
say('ready');
await core.close();
process.exit(0);
