// The audit trail on the terminal: read, and compared with what the log knows of it.
import { readFile } from 'node:fs/promises';
import { auditActs, type TrailLink, type TrailVerdict } from '../domain/audit.ts';
import { viewTrail, type TrailLine } from '../usecases/view-trail.ts';
import { verifyTrail } from '../usecases/watch-trail.ts';
import { DeedError, exitCodes, UsageError, type Command, type Values } from './command.ts';
import { table } from './table.ts';

const shown = 50;

export const trail: Command = {
  name: 'trail',
  act: 'reads',
  summary: 'Shows who administered and coordinated what and when, the newest first; follows the chain with --verify.',
  more: 'With --log the chain is also compared with the places that the service wrote into its log. Exit code 1: the chain is broken.',
  options: {
    verify: { text: 'Follows the whole chain, and tells from where to where it holds' },
    log: { value: 'FILE', text: 'Log of the service, JSON lines; with --verify' },
    act: { value: 'ACT', text: 'Only this kind of act' },
    last: { value: 'NUMBER', text: 'So many acts (50)' },
    json: { text: 'One JSON object a line' },
  },
  async run(context, values) {
    const heads = await headsIn(values);
    const query = { ...actIn(values), limit: countIn(values) };
    const { ports } = await context.openCore();
    const json = values['json'] === true;
    if (values['verify'] === true) {
      const verdict = await verifyTrail(ports, { heads });
      const places = new Set(heads.map(({ seq }) => seq)).size;
      context.say(json ? JSON.stringify(verdict) : sentenceOf(verdict, places));
      return verdict.fault ? exitCodes.failed : exitCodes.done;
    }
    const { records } = await viewTrail(ports, query);
    const lines = json ? records.map((one) => JSON.stringify(one)) : table(head, records.map(rowOf));
    for (const line of lines) context.say(line);
    return exitCodes.done;
  },
};

const head = ['no.', 'when', 'act', 'by', 'name', 'about', 'person', 'reason', 'remark'];

function rowOf({ seq, at, act, actor, name, ...about }: TrailLine): string[] {
  const { object = '', subject = '', subjectName, reason = '', notDone } = about;
  const remark = notDone === undefined ? '' : `no. ${notDone} was not carried out`;
  const when = `${at.toISOString().slice(0, 19)}Z`;
  return [String(seq), when, act, actor.kind, name ?? actor.id, object, subjectName ?? subject, reason, remark];
}

function sentenceOf({ from, to, head: { hash }, fault }: TrailVerdict, compared: number): string {
  if (fault) return `BROKEN at no. ${fault.seq}: ${fault.kind}. The chain was followed from no. ${from} to no. ${to}.`;
  if (from === 0) return 'Nothing has been written down yet.';
  const log = compared > 0 ? ` It agrees with ${compared} places in the log.` : '';
  return `The chain holds from no. ${from} to no. ${to}.${log} Last hash: ${hash}`;
}

function actIn({ act }: Values): { act?: (typeof auditActs)[number] } {
  if (act === undefined) return {};
  const known = auditActs.find((one) => one === act);
  if (!known) throw new UsageError(`--act must be one of ${auditActs.join(', ')}.`);
  return { act: known };
}

function countIn({ last = String(shown) }: Values): number {
  const count = Number(last);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) {
    throw new UsageError('--last must be a whole number from 1 to 10000.');
  }
  return count;
}

/** The lines "audit trail" of a log; others are passed over. */
async function headsIn({ log, verify }: Values): Promise<TrailLink[]> {
  if (typeof log !== 'string') return [];
  if (verify !== true) throw new UsageError('--log goes with --verify.');
  const text = await readFile(log, 'utf8').catch(() => {
    throw new DeedError('The log cannot be read.');
  });
  const heads = text.split('\n').flatMap(linksIn);
  if (heads.length === 0) throw new DeedError('The log has no line "audit trail": is it the log of the service?');
  return heads;
}

/** The end that a line tells, and the beginning; lines of earlier versions have no beginning. */
function linksIn(line: string): TrailLink[] {
  if (!line.includes('"audit trail"')) return [];
  try {
    const end = JSON.parse(line) as Record<string, unknown>;
    return [end, end['first']].flatMap(linkOf);
  } catch {
    return [];
  }
}

function linkOf(told: unknown): TrailLink[] {
  const { seq, hash, at } = (told ?? {}) as Record<string, unknown>;
  if (typeof seq !== 'number' || typeof hash !== 'string' || typeof at !== 'string' || seq < 1) return [];
  return [{ seq, hash, at: new Date(at) }];
}
