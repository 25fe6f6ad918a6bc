import type { Case } from '../domain/case.ts';
import { scopeOf, type Coordinator } from './case-records.ts';
import type { Ports } from './ports.ts';
import { lineOf, stateOf, type CaseLine } from './view-case.ts';

const most = { open: 200, closed: 30 };

/** What a coordinator handles: open ones the oldest first, then those closed last. Nobody sees their own among them. */
export async function viewCases(
  ports: Ports,
  { coordinator }: { coordinator: Coordinator },
): Promise<{ open: CaseLine[]; closed: CaseLine[] }> {
  const scope = scopeOf(coordinator);
  const [open, closed] = await Promise.all([
    ports.cases.listFor(scope, { status: 'open', limit: most.open }),
    ports.cases.listFor(scope, { status: 'closed', limit: most.closed }),
  ]);
  return { open: await Promise.all(open.map((one) => lineWithRequest(ports, one))), closed: closed.map(lineOf) };
}

async function lineWithRequest(ports: Ports, one: Case): Promise<CaseLine> {
  if (one.requestId === undefined) return lineOf(one);
  return { ...lineOf(one), request: stateOf(await ports.requests.find(one.requestId)) };
}
