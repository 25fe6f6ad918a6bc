// The programme as people meet it: intranets, service, mailbox and clock on this machine's ports, with nobody in it yet.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { loadConfig } from '../../config/load-config.ts';
import { openClock } from '../../service/demo/clock.ts';
import { personKeys } from '../../service/demo/data.ts';
import { createGate } from '../../service/demo/gate.ts';
import { createIntranets } from '../../service/demo/intranets.ts';
import { openMailbox } from '../../service/demo/mailbox.ts';
import { openMemory, type DemoMemory } from '../../service/demo/memory.ts';
import { demoProgramme, ensurePlatforms } from '../../service/demo/platforms.ts';
import { standings } from '../../service/demo/standing.ts';
import { worldOf } from '../../service/demo/world.ts';
import { listen } from '../../service/listen.ts';
import { systemClock, wire, type Service } from '../../service/wiring.ts';
import { useDatabase } from './database.ts';

export interface Live {
  /** Address of the intranets, for example http://localhost:40123. */
  origin(): string;
  memory(): DemoMemory;
  service(): Service;
  /** What failed behind the pages: every test expects nothing. */
  failures(): readonly unknown[];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Call inside a `describe`: the whole programme runs from its `before` hooks to its `after` hooks. */
export function useLive(): Live {
  const database = useDatabase();
  const endings: (() => Promise<unknown>)[] = [];
  const failures: unknown[] = [];
  let open: { origin: string; memory: DemoMemory; service: Service } | undefined;

  before('open the intranets', async function () {
    this.timeout(300_000);
    const [port, intranetsPort] = [await freePort(), await freePort()];
    const origin = `http://localhost:${intranetsPort}`;
    const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-live-'));
    endings.push(() => rm(dataDir, { recursive: true, force: true }));
    const memory = await openMemory(database.uri());
    endings.push(() => memory.close());
    const clock = await openClock(memory);
    const mailbox = await openMailbox(memory, clock);
    endings.push(() => mailbox.close());
    const settings = { DATA_DIR: dataDir, PORT: String(port), MONGODB_URI: database.uri(), SMTP_URL: mailbox.smtpUrl };
    const config = loadConfig(settings);
    const programme = demoProgramme(config.programme, origin);
    const service = await wire({ ...config, programme }, { clock, logger: pino({ level: 'silent' }) });
    endings.push(() => service.close());
    const platforms = await ensurePlatforms(service.tool.administration, origin);
    const onFailure = (...what: unknown[]): void => void failures.push(what);
    const intranets = createIntranets({
      ...{ labs: programme.labs, origin, serviceUrl: config.baseUrl, zone: programme.zone, memory },
      standingOf: standings(service.ports, personKeys(config.secret, platforms)),
      ...{ wallClock: systemClock, world: worldOf(service, clock, onFailure), onError: onFailure },
    });
    for (const [app, on] of [[service.app, port] as const, [intranets, intranetsPort] as const]) {
      const gate = createGate();
      const listening = await listen(gate.handler, { port: on, host: 'localhost', setting: 'PORT' });
      endings.push(() => listening.close());
      gate.open(app);
    }
    open = { origin, memory, service };
  });

  after('close the intranets', async () => {
    for (const end of endings.splice(0).reverse()) await end();
    open = undefined;
  });

  const ready = (): NonNullable<typeof open> => {
    if (!open) throw new Error('The intranets are open inside tests and hooks only.');
    return open;
  };
  return {
    origin: () => ready().origin,
    memory: () => ready().memory,
    service: () => ready().service,
    failures: () => failures,
  };
}
