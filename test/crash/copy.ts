// One copy of the service in a process of its own: the real wiring, worker and mailer; its clock runs as far ahead of real
// time as the parent says, and its jobs take their turns every other second.
import { loadConfig } from '../../config/load-config.ts';
import { MentoringError } from '../../service/domain/errors.ts';
import { createWorker } from '../../service/jobs/worker.ts';
import { createLogger } from '../../service/log.ts';
import { wireCore } from '../../service/wiring.ts';
import { deeds, type DeedName } from './deeds.ts';

export interface Beginning {
  readonly kind: 'begin';
  readonly uri: string;
  readonly smtpUrl: string;
  readonly aheadMs: number;
}
export type Order =
  | Beginning
  | { readonly kind: 'clock'; readonly aheadMs: number }
  | { readonly kind: 'do'; readonly id: number; readonly deed: DeedName; readonly input: never }
  | { readonly kind: 'end' };

export type Answer =
  | { readonly kind: 'warm' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly code: string }
  | { readonly kind: 'failed'; readonly id: number | undefined; readonly sentence: string };

/** Another copy took over a turn of one that was starved; that time jumps by days is an alert; the trail tells its end at every level. */
const harmless = ['The job queue met an error and goes on.', '"msg":"alert"', '"msg":"audit trail"'];

/** Turns are short here: what a killed copy held is given to the other one soon. */
const worked = { every: '1.5 seconds', pollMs: 150, lockMs: 2500 };
const mailEvery = '0.5 seconds';

const say = (answer: Answer): void => void process.send?.(answer);
const sentenceOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

async function begin({ uri, smtpUrl }: Beginning, now: () => Date) {
  const config = loadConfig({
    MONGODB_URI: uri,
    SMTP_URL: smtpUrl,
    MENTORAT_SECRET: 'a secret of the crash test only, 32 characters or more',
    BASE_URL: 'http://127.0.0.1:3000',
  });
  const failures = {
    write: (line: string) => {
      if (!harmless.some((words) => line.includes(words))) say({ kind: 'failed', id: undefined, sentence: line });
    },
  };
  const logger = createLogger({ level: 'error' }, failures);
  const service = await wireCore(config, { clock: { now }, logger });
  const jobs = service.jobs.map((job) => ({ ...job, every: job.name === 'mail' ? mailEvery : worked.every }));
  const worker = createWorker({ ...worked, connection: service.connection, jobs, logger });
  await worker.start();
  return { ports: service.ports, close: () => worker.stop().then(() => service.close()) };
}

async function act(
  ports: Awaited<ReturnType<typeof begin>>['ports'],
  { id, deed, input }: Extract<Order, { kind: 'do' }>,
): Promise<void> {
  try {
    say({ kind: 'done', id, result: await deeds[deed](ports, input) });
  } catch (error) {
    if (error instanceof MentoringError) say({ kind: 'refused', id, code: error.code });
    else say({ kind: 'failed', id, sentence: `${deed}: ${sentenceOf(error)}` });
  }
}

let aheadMs = 0;
let running: Awaited<ReturnType<typeof begin>> | undefined;

async function obey(order: Order): Promise<void> {
  switch (order.kind) {
    case 'begin':
      aheadMs = order.aheadMs;
      running = await begin(order, () => new Date(Date.now() + aheadMs));
      say({ kind: 'ready' });
      return;
    case 'clock':
      aheadMs = order.aheadMs;
      return;
    case 'do':
      if (running) await act(running.ports, order);
      return;
    case 'end':
      await running?.close();
      process.exit(0);
  }
}

process.on('message', (order: Order) => {
  void obey(order).catch((error: unknown) => {
    say({ kind: 'failed', id: undefined, sentence: sentenceOf(error) });
    process.exit(1);
  });
});
process.once('disconnect', () => process.exit(0));
say({ kind: 'warm' });
