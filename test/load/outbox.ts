// How fast mails leave: the real mailer from the real outbox, and nodemailer's pool alone with mails of the same size, both
// to one local SMTP end in a process of its own.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { pino } from 'pino';
import { loadConfig } from '../../config/load-config.ts';
import { memberOf } from '../../service/demo/factories.ts';
import { databaseUri, startEngine } from '../../service/store/engine/index.ts';
import { wireCore } from '../../service/wiring.ts';
import type { Report } from './benches.ts';

const mails = Number(process.env['BENCH_MAILS'] ?? 3000);
const end = fileURLToPath(new URL('./outbox-end.ts', import.meta.url));
const secret = 'a secret of the bench only, 32 characters or more';
/** A Tuesday morning in the sending hours. */
const now = new Date('2026-11-24T09:00:00Z');
/** As many as the mailer has in hand and the transport has connections. */
const [lanes, connections] = [10, 5];

export async function run(report: Report): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-bench-'));
  const engine = await startEngine({ dataDir });
  const child = fork(end, { execArgv: ['--import', 'tsx'] });
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const url = `smtp://127.0.0.1:${port}`;
    const own = await deliver(databaseUri(engine.uri, 'outbox'), url, child);
    const peer = await sendStraight(url);
    report({
      ...{ bench: 'outbox', variant: `mails=${mails}`, mails, perSecond: own, perSecondPoolAlone: peer },
      shareOfPool: Math.round((100 * own) / peer) / 100,
      loadAverage: Math.round(loadavg()[0] ?? 0),
    });
  } finally {
    child.disconnect();
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Mails a second that left the outbox and were recorded as sent. */
async function deliver(uri: string, smtpUrl: string, child: ChildProcess): Promise<number> {
  const config = loadConfig({
    ...{ MONGODB_URI: uri, SMTP_URL: smtpUrl, MENTORAT_SECRET: secret, BASE_URL: 'http://127.0.0.1:3000' },
  });
  const service = await wireCore(config, { clock: { now: () => now }, logger: pino({ level: 'silent' }) });
  const { members, outbox } = service.ports;
  const people = Array.from({ length: 100 }, () => memberOf());
  for (const person of people) await members.insert(person);
  const notices = Array.from({ length: mails }, (_, at) => {
    const { id } = people[at % people.length] ?? memberOf();
    const subjectId = `r${at}`;
    const key = `proposal_lapsed:${subjectId}:${id}`;
    return { key, kind: 'proposal_lapsed', memberId: id, subjectId, notBefore: now } as const;
  });
  await outbox.enqueue(...notices);
  const began = performance.now();
  const counts = await service.mailer.deliverDue();
  const seconds = (performance.now() - began) / 1000;
  await service.close();
  child.send('how many');
  const [{ taken }] = (await once(child, 'message')) as [{ taken: number }];
  if (counts.sent !== mails || taken !== mails) throw new Error(`${counts.sent} sent, ${taken} arrived of ${mails}`);
  return Math.round(mails / seconds);
}

/** Mails a second that the pool hands over when nothing is looked up, written or recorded. */
async function sendStraight(url: string): Promise<number> {
  const pool = createTransport({ pool: true, url, maxConnections: connections, maxMessages: 500 });
  const text = 'Une ligne d’un message ordinaire, comme le programme en écrit.\n'.repeat(20);
  const html = `<html lang="fr"><body><p>${text.replaceAll('\n', '</p><p>')}</p></body></html>`;
  let left = mails;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await pool.sendMail({ from: 'programme@example.org', to: 'person@example.org', subject: 'Mentorat', text, html });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  pool.close();
  return Math.round((1000 * mails) / (performance.now() - began));
}
