// No command that changes something without its trace: the trace is written when the command opens the service, before it
// has anything to change it with.
import os from 'node:os';
import type { AuditAct, AuditRecord } from '../domain/audit.ts';
import { actorOf, trace, traceNotDone } from '../usecases/audited.ts';
import type { Core } from '../wiring.ts';
import { withoutOrders } from './table.ts';
import { exitCodes, type Command, type Context, type ExitCode, type Place, type Values } from './command.ts';

interface Call {
  readonly context: Context;
  readonly values: Values;
}

export async function runTraced(command: Command, { context, values }: Call): Promise<ExitCode> {
  const act = typeof command.act === 'function' ? command.act(values) : command.act;
  if (act === 'reads' || act === 'migrates') return command.run(context, values);
  let traced: { core: Core; record: AuditRecord } | undefined;
  const openCore: Context['openCore'] = async () => {
    const core = await context.openCore();
    traced ??= { core, record: await traceCall(core, { command, act, values }) };
    return core;
  };
  const giveUp = async (): Promise<void> => {
    if (traced) await traceNotDone(traced.core.ports, traced.record);
  };
  try {
    const code = await command.run({ ...context, openCore, trace: () => traced?.record }, values);
    if (code !== exitCodes.done) await giveUp();
    return code;
  } catch (error) {
    // Why the command failed matters more than that this could not be written either.
    await giveUp().catch(() => undefined);
    throw error;
  }
}

interface Traced {
  readonly command: Command;
  readonly act: AuditAct;
  readonly values: Values;
}

async function traceCall(core: Core & Place, { command, act, values }: Traced): Promise<AuditRecord> {
  const about = (await command.about?.(core, values)) ?? {};
  const name = typeof values['by'] === 'string' ? values['by'] : `system user ${os.userInfo().username}`;
  const label = withoutOrders(name).trim().replace(/\s+/gu, ' ').slice(0, mostName);
  const actor = await actorOf(core.ports, { kind: 'command_line', key: label.toLowerCase(), label });
  return trace(core.ports, { actor, act, ...about });
}

const mostName = 100;
