// The way in, put together: the LTI tool on its stores, with the programme's welcome and its limits.
import type { Logger } from 'pino';
import type { Config } from '../config/load-config.ts';
import { createTool, LtiError, type Tool, type ToolOptions } from '../lti/index.ts';
import type { ErrorLog } from '../lti/log/index.ts';
import type { CoordinatorsAtTheDoor } from './coordinators.ts';
import type { Limiter } from './domain/limit.ts';
import { clientOf } from './http/client-address.ts';
import { createEnter } from './http/enter.ts';
import { findExclusion } from './http/excluded.ts';
import { isDatabaseAway } from './store/index.ts';
import { createLtiStores } from './store/lti/index.ts';
import { tracedInvites } from './traced-invites.ts';
import type { AuditPorts } from './usecases/audited.ts';
import type { Ports } from './usecases/ports.ts';

/** What the door shows; its own plain pages where nothing is given. */
export type Door = Pick<ToolOptions, 'renderPage' | 'views'>;

interface ToolParts {
  readonly connection: Parameters<typeof createLtiStores>[0];
  readonly ports: Pick<Ports, 'hasher' | 'members' | 'exclusions' | 'coordinators'> & AuditPorts;
  readonly coordinators: CoordinatorsAtTheDoor;
  readonly logger: Logger;
  readonly errors: ErrorLog;
  readonly door: Door;
  readonly limiter: Limiter;
}

/** The tool of this service, on its stores. */
export async function openTool(
  config: Config,
  { connection, ports, coordinators, logger, errors, door, limiter }: ToolParts,
): Promise<Tool> {
  const stores = createLtiStores(connection);
  await coordinators.bindAll();
  return createTool({
    ...stores,
    invites: tracedInvites(stores.invites, ports),
    ...door,
    baseUrl: config.baseUrl,
    name: 'Mentorat Dialogue',
    secret: config.secret,
    clock: { now: () => new Date() },
    ...{ logger, errors, isUnavailable: isDatabaseAway },
    countRefusal: (request) => limiter.spend('refused_entry', clientOf(request)),
    enter: async (launch) => {
      // In this copy's memory: a launch is one write, and the session's.
      const seconds = await limiter.spend('launch', launch.person);
      if (seconds !== undefined) throw new LtiError('too_many_requests', 'launches of one person', seconds);
      await coordinators.meet(launch);
      return createEnter(ports)(launch);
    },
    mayChoose: async (session) => {
      const member = await ports.members.findByPerson(session.person);
      return (await findExclusion(ports, session, member)) === undefined;
    },
  });
}
