// Mails that were given up because of what a server said: shown without anybody's name, and queued again after a repair.
import { exitCodes, type Command, type Context, type Values, UsageError } from './command.ts';
import { table } from './table.ts';

const dayMs = 86_400_000;
const usualDays = 14;

const days = {
  value: 'N',
  text: `Given up in the last N days, 1 to 90; ${usualDays} unless you say otherwise`,
} as const;

function since(now: Date, values: Values): Date {
  const given = values['days'];
  const count = given === undefined ? usualDays : Number(given);
  if (!Number.isInteger(count) || count < 1 || count > 90) throw new UsageError('--days is a number from 1 to 90.');
  return new Date(now.getTime() - count * dayMs);
}

export const listOutbox: Command = {
  name: 'outbox list',
  act: 'reads',
  summary: 'Shows which mails were given up because of what a mail server said.',
  more: '"refused": the server says that the mailbox is dead. "exhausted": it said "later" too often. To whom they were is not shown.',
  options: { days },
  async run(context: Context, values) {
    const { queue, ports } = await context.openCore();
    const found = await queue.listGivenUp(since(ports.clock.now(), values));
    if (found.length === 0) context.say('No mail was given up.');
    const rows = found.map(({ kind, code, count, lastAt }) => [
      kind,
      code,
      String(count),
      lastAt.toISOString().slice(0, 16),
    ]);
    if (rows.length > 0)
      for (const line of table(['mail', 'given up as', 'mails', 'last (UTC)'], rows)) context.say(line);
    return exitCodes.done;
  },
};

export const retryOutbox: Command = {
  name: 'outbox retry',
  act: 'outbox_retried',
  summary: 'Queues again what was given up, after the mail server was repaired.',
  more: 'Addresses that were noted as dead for it are tried anew. What is no longer true is not sent.',
  options: { days },
  async run(context: Context, values) {
    const { queue, ports } = await context.openCore();
    const now = ports.clock.now();
    const count = await queue.retryGivenUp(since(now, values), now);
    context.say(count === 0 ? 'No mail was given up: nothing to do.' : `${String(count)} mails are queued again.`);
    return exitCodes.done;
  },
};
