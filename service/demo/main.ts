// `npm run demo`: database, service, five intranets, mailbox and clock on this machine, and one Ctrl-C that ends them all.
import type { Config } from '../../config/load-config.ts';
import { listen } from '../listen.ts';
import { openLog } from '../open-log.ts';
import { runUntilSignal, type Defer } from '../run.ts';
import { systemClock, wire, type Service } from '../wiring.ts';
import { openClock, type MovableClock } from './clock.ts';
import { checkSecret, createIds, openDemoDatabase, personKeys, prepareData, seedData, type DemoIds } from './data.ts';
import { createGate, type Gate } from './gate.ts';
import { createIntranets } from './intranets.ts';
import { openMailbox } from './mailbox.ts';
import { openMemory, type DemoMemory } from './memory.ts';
import { demoProgramme, ensurePlatforms } from './platforms.ts';
import { standings } from './standing.ts';
import { readSettings, usage, type DemoSettings } from './settings.ts';
import { worldOf } from './world.ts';

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

await runUntilSignal(async (defer) => {
  const settings = await readSettings(process.argv.slice(2));
  if (settings === undefined) {
    say(usage);
    return false;
  }
  await start(settings, defer);
  return true;
});

async function start({ config, intranetsPort, fresh }: DemoSettings, defer: Defer): Promise<void> {
  const origin = `http://localhost:${intranetsPort}`;
  const gates = {
    service: await openGate(config.port, '--port', defer),
    intranets: await openGate(intranetsPort, '--intranets-port', defer),
  };
  const database = await openDemoDatabase(config, fresh, say);
  defer(() => database.close());
  const memory = await openMemory(database.uri);
  defer(() => memory.close());
  const isNew = await prepareData(memory, fresh);
  if (!isNew) await checkSecret(database.uri, config);
  const clock = await openClock(memory);
  const mailbox = await openMailbox(memory, clock);
  defer(() => mailbox.close());
  const programme = demoProgramme(config.programme, origin);
  const demoConfig = { ...config, programme, mongodbUri: database.uri, smtpUrl: mailbox.smtpUrl };
  const logger = openLog(config.logLevel, 2);
  const ids = createIds();
  const service = await wire(demoConfig, { clock, logger, newId: () => ids.newId() });
  defer(() => service.close());
  const ending = new AbortController();
  let isSeeding = isNew;
  // The last way in is closed first: a journey of the clock under way stops, and its answer can be finished.
  defer(() => {
    ending.abort();
    // What breaks in the middle of a seed is begun anew at the next start, and no news.
    if (isSeeding) logger.level = 'silent';
    return Promise.resolve();
  }, 'way in');
  const parts = { config: demoConfig, service, memory, clock, ids, origin, isNew, gates };
  await bringToLife({ ...parts, ending: ending.signal });
  isSeeding = false;
  say(welcome(origin, config.baseUrl));
}

async function openGate(port: number, setting: string, defer: Defer): Promise<Gate> {
  const gate = createGate();
  // Anybody may sign in as anybody here, so nobody but this machine may knock.
  const listening = await listen(gate.handler, { port, host: 'localhost', setting });
  defer(() => listening.close(), 'way in');
  return gate;
}

interface Parts {
  readonly config: Config;
  readonly service: Service;
  readonly memory: DemoMemory;
  readonly clock: MovableClock;
  readonly ids: DemoIds;
  readonly origin: string;
  readonly isNew: boolean;
  readonly ending: AbortSignal;
  readonly gates: { readonly service: Gate; readonly intranets: Gate };
}

async function bringToLife({
  config,
  service,
  memory,
  clock,
  ids,
  origin,
  isNew,
  ending,
  gates,
}: Parts): Promise<void> {
  const platforms = await ensurePlatforms(service.tool.administration, origin);
  const onFailure = (job: string, error: unknown): void => {
    service.errors.report(error, 'a job failed', { job });
  };
  const world = { ...worldOf(service, clock, onFailure), ending };
  if (isNew) await seedData({ core: service, clock, memory, platforms, secret: config.secret, say, onFailure });
  ids.endSeed();
  const intranets = createIntranets({
    ...{ labs: config.programme.labs, origin, serviceUrl: config.baseUrl, zone: config.programme.zone },
    ...{ wallClock: systemClock, world, memory },
    standingOf: standings(service.ports, personKeys(config.secret, platforms)),
    onError: (error) => {
      service.errors.report(error, 'a page of the demonstration failed');
    },
  });
  await service.worker.start();
  gates.service.open(service.app);
  gates.intranets.open(intranets);
}

function welcome(origin: string, baseUrl: string): string {
  return `
Mentorat Dialogue, the demonstration is ready:

  Intranets  ${origin}        ETIS, LIRIS, LIX, STMS, ISIR
  Mailbox    ${origin}/mail
  Clock      ${origin}/clock
  Service    ${baseUrl}        (opened from an intranet)

Open the first address, choose a lab, sign in as somebody and click "Mentorat Dialogue".
Ctrl-C ends everything; the data stay for the next start (--fresh begins anew).
`;
}
