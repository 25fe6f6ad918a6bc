// The database as this version needs it, before anything else is done: told in the log, refused in one sentence.
import { describeError } from '../lti/log/index.ts';
import { jobIndexes } from './jobs/worker.ts';
import { StartError } from './start-error.ts';
import { prepareSchema, SchemaError, type SchemaOptions } from './store/index.ts';

type Connection = Parameters<typeof prepareSchema>[0];

/** What tests and the command line do otherwise than a service that starts. */
export type SchemaParts = Pick<
  Partial<SchemaOptions>,
  'older' | 'migrations' | 'leaseMs' | 'pollMs' | 'onProgress' | 'onWait'
>;

interface Log {
  info(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}

interface Parts {
  readonly secret: string;
  readonly logger: Log;
  readonly schema?: SchemaParts | undefined;
}

const progressMs = 2000;

/** @throws StartError when the database is a newer version's, or cannot be brought to this one */
export async function prepareDatabase(connection: Connection, { secret, logger, schema }: Parts): Promise<void> {
  let toldAt = -Infinity;
  const onProgress: SchemaOptions['onProgress'] = (progress) => {
    const now = performance.now();
    if (progress.done < progress.total && now - toldAt < progressMs) return;
    toldAt = now;
    logger.info(progress, 'The database is being brought to this version.');
  };
  const onWait = (): void => {
    logger.info({}, 'Another copy is bringing the database to this version: waiting until it has.');
  };
  try {
    await prepareSchema(connection, { secret, indexes: jobIndexes, onProgress, onWait, ...schema });
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    if (error.cause !== undefined) logger.error(describeError(error.cause), 'A migration failed.');
    throw new StartError(error.message);
  }
}
