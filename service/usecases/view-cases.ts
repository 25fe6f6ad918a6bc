import type { Case } from '../domain/case.ts';
import { scopeOf, type Coordinator } from './case-records.ts';
import type { Ports } from './ports.ts';
import { lineOf, stateOf, type CaseLine } from './view-case.ts';

const most = { open: 200, closed: 30 };

export interface CaseList {
  readonly open: readonly CaseLine[];
  readonly closed: readonly CaseLine[];
  /** There are more open ones than are shown. */
  readonly hasMore: boolean;
}

/** What a coordinator handles: open ones the oldest first, then those closed last. Nobody sees their own among them. */
export async function viewCases(ports: Ports, { coordinator }: { coordinator: Coordinator }): Promise<CaseList> {
  const scope = scopeOf(coordinator);
  const [open, closed] = await Promise.all([
    ports.cases.listFor(scope, { status: 'open', limit: most.open + 1 }),
    ports.cases.listFor(scope, { status: 'closed', limit: most.closed }),
  ]);
  const shown = open.slice(0, most.open).map((one) => lineWithRequest(ports, coordinator, one));
  return {
    open: await Promise.all(shown),
    closed: closed.map((one) => lineOf(coordinator, one)),
    hasMore: open.length > most.open,
  };
}

async function lineWithRequest(ports: Ports, coordinator: Coordinator, one: Case): Promise<CaseLine> {
  if (one.requestId === undefined) return lineOf(coordinator, one);
  return { ...lineOf(coordinator, one), request: stateOf(await ports.requests.find(one.requestId)) };
}
