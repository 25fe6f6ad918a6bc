// Builds the whole service from its settings: the one file that sees every room.
import { randomBytes } from 'node:crypto';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config/load-config.ts';
import type { Tool } from '../lti/index.ts';
import { createErrorLog, type ErrorLog } from '../lti/log/index.ts';
import { createViews } from '../views/index.ts';
import { createApp } from './app.ts';
import { createCoordinators } from './coordinators.ts';
import type { Clock } from './domain/clock.ts';
import { mentoringErrorCodes } from './domain/errors.ts';
import type { Limiter } from './domain/limit.ts';
import { type AdminAccess, createAdminAccess } from './http/admin/access.ts';
import { adminRouter } from './http/admin/router.ts';
import { createDoorPage } from './http/door-page.ts';
import { entryViews } from './http/entry-views.ts';
import { metricsRouter } from './http/metrics.ts';
import { programmeJobs, type Job } from './jobs/schedule.ts';
import { createWorker, type Worker } from './jobs/worker.ts';
import { createFeedWriter } from './mail/calendar-file.ts';
import type { Mailer } from './mail/mailer.ts';
import type { MailQueue } from './mail/ports.ts';
import { matcher } from './matcher/index.ts';
import { openMailer } from './open-mailer.ts';
import { type Door, openTool } from './open-tool.ts';
import { prepareDatabase, type SchemaParts } from './prepare-database.ts';
import { programmeRules } from './programme-rules.ts';
import { createAdminPasses } from './store/admin-passes.ts';
import { createCoordinatorSeeds } from './store/coordinator-seeds.ts';
import { connect, createStore, isDatabaseAway, ping } from './store/index.ts';
import { createLimiter } from './store/limits.ts';
import { createLtiStores } from './store/lti/index.ts';
import { createOutbox } from './store/outbox.ts';
import { StartError } from './start-error.ts';
import { exclusionDesk } from './usecases/exclusion-desk.ts';
import type { Ports } from './usecases/ports.ts';
import { viewTrail } from './usecases/view-trail.ts';
import { createWatch, type Watch } from './watch.ts';

/** What the store opens; only that room knows more about it. */
export type Connection = Awaited<ReturnType<typeof connect>>;

export const systemClock: Clock = { now: () => new Date() };

export interface WiringParts {
  /** The programme's clock. Sessions, tokens and leases live in real time, whatever it says. */
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default: random ids. */
  readonly newId?: () => string;
  /** Default: an older database is migrated, or waited for while another copy does so. */
  readonly schema?: SchemaParts;
}

export interface Service {
  readonly app: Express;
  /** Does the jobs in real time; to be started when the service may begin to act by itself. */
  readonly worker: Worker;
  readonly ports: Ports;
  /** Where everything unexpected is told. */
  readonly errors: ErrorLog;
  readonly tool: Tool;
  /** How often anybody may do what; also counts what it refused. */
  readonly limiter: Limiter;
  /** One-time links to the administrators' pages. */
  readonly admin: AdminAccess;
  readonly queue: MailQueue;
  readonly mailer: Mailer;
  /** What the programme does by itself, in order. */
  readonly jobs: readonly Job[];
  /** How the programme is doing. */
  readonly watch: Watch;
  readonly connection: Connection;
  close(): Promise<void>;
}

/** Everything but the web: what the command line and the seed need. */
export type Core = Omit<Service, 'app' | 'worker'>;

/**
 * config.mongodbUri has to be set: see database.ts for the embedded engine.
 * @throws StartError when the database cannot be reached, or is not of this version and cannot be brought to it
 */
export async function wire(config: Config, parts: WiringParts): Promise<Service> {
  const views = createViews();
  const core = await wireCore(config, parts, {
    renderPage: createDoorPage(views, config.baseUrl),
    views: entryViews(views.sentences),
  });
  const { ports, errors, tool, connection, watch, limiter } = core;
  const { logger } = parts;
  const health = { ready: () => ping(connection), isAway: isDatabaseAway };
  const admin = adminRouter({
    access: core.admin,
    tool,
    rules: ports.rules,
    audit: { ...ports, viewTrail: (query) => viewTrail(ports, query) },
    appointing: ports,
    exclusions: exclusionDesk(ports),
    views,
    ...{ logger, errors },
    health,
    viewHealth: watch.view,
    clock: systemClock,
    baseUrl: config.baseUrl,
    coordinatorIssuers: config.programme.coordinators.map(({ issuer }) => issuer),
    limiter,
  });
  const metrics = metricsRouter({
    ...watch,
    ...health,
    token: config.metricsToken,
    clock: systemClock,
    refused: () => limiter.refused(),
  });
  const app = createApp({
    ...{ ports, tool, views, admin, health, metrics, logger, errors, limiter },
    baseUrl: config.baseUrl,
    writeFeed: createFeedWriter(config.mailFrom),
    trustedProxies: config.trustedProxies,
  });
  // Sessions and keys of the door live in real time: they are no part of the programme that a moved clock moves.
  const tidy: Job = {
    name: 'tidy-sessions',
    every: '1 hour',
    run: async () => ({ done: (await tool.tidy()) + (await core.admin.tidy()) + (await limiter.tidy()) }),
  };
  const worker = createWorker({ connection, jobs: [...core.jobs, tidy], logger, errors });
  const close = async (): Promise<void> => {
    await worker.stop(stopMs);
    await core.close();
  };
  return { ...core, app, worker, close };
}

/** A turn that does not end by then is taken up by another copy, or at the next start. */
const stopMs = 500;

/** renderPage: how the way in looks; plain pages without it, for the command line. */
export async function wireCore(config: Config, parts: WiringParts, door: Door = {}): Promise<Core> {
  const { clock, logger, newId = randomId } = parts;
  const errors = createErrorLog({ logger, isAway: isDatabaseAway, codes: mentoringErrorCodes });
  const connection = await open(config, parts);
  const outbox = createOutbox(connection);
  const { appointments, ...store } = createStore(connection, config.secret);
  const coordinators = createCoordinators({
    named: config.programme.coordinators,
    appointments,
    registrations: createLtiStores(connection).registrations,
    seeds: createCoordinatorSeeds(connection),
    clock,
  });
  const ports: Ports = {
    ...store,
    coordinators,
    clock,
    newId,
    rules: programmeRules(config.programme),
    matcher,
    outbox,
    noteFailure: (sweep, error) => {
      errors.report(error, 'one record of a sweep failed', { sweep });
    },
  };
  const limiter = createLimiter(connection, { secret: config.secret, settings: config.programme.limits });
  const tool = await openTool(config, { connection, ports, coordinators, logger, errors, door, limiter });
  const passes = createAdminPasses(connection);
  const admin = createAdminAccess({ passes, clock: systemClock, baseUrl: config.baseUrl, audit: ports });
  const mailer = openMailer(config, { ports, queue: outbox, logger, errors, wallClock: systemClock });
  const watch = createWatch({ ports, connection, logger });
  const jobs = programmeJobs({
    ports,
    deliverDue: (options) => mailer.deliverDue(options),
    purgeOutbox: (before) => outbox.purge(before),
    ...watch,
  });
  const close = async (): Promise<void> => {
    mailer.close();
    await tool.close();
    await connection.close();
  };
  return { ports, errors, tool, limiter, admin, queue: outbox, mailer, jobs, watch, connection, close };
}

/** 128 random bits: nobody guesses the address of somebody else's proposal. */
export function randomId(): string {
  return randomBytes(16).toString('base64url');
}

async function open(config: Config, parts: WiringParts): Promise<Connection> {
  const connection = await connectTo(config.mongodbUri ?? '');
  try {
    await prepareDatabase(connection, { secret: config.secret, ...parts });
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function connectTo(uri: string): Promise<Connection> {
  try {
    return await connect(uri);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    throw new StartError(
      'The database cannot be reached: check MONGODB_URI, and that the server runs and lets this machine in.',
    );
  }
}
