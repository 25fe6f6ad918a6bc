// Brings the database to the schema of this version, in sight of whoever asked for it; or says what that would do.
import type { Migration, MigrationProgress, SchemaState } from '../store/index.ts';
import type { Connection } from '../wiring.ts';
import { DeedError, exitCodes, type Command, type Context, type ExitCode, type Place } from './command.ts';

/** migrations: others than this version's, for tests. */
export function migrateWith(migrations?: readonly Migration[]): Command {
  return {
    name: 'migrate',
    act: 'migrates',
    summary: 'Brings the database to the schema of this version, as the first copy of the service that starts would.',
    more: 'Make a backup before: there is no way back but to restore it. May be stopped at any moment, and goes on from there. Copies of the service that start meanwhile wait.',
    options: { 'dry-run': { text: 'Say what would be done, and change nothing' } },
    async run(context, values) {
      const { connect, newerSchema, schemaState } = await import('../store/index.ts');
      const place = await context.open();
      const connection = await connect(place.uri).catch(() => {
        throw new DeedError(
          'The database does not answer: check MONGODB_URI, and that the server lets this machine in.',
        );
      });
      try {
        const state = await schemaState(connection, migrations);
        if (state.unknown.length > 0) throw new DeedError(newerSchema(state).message);
        return await (values['dry-run'] === true ? preview : bring)(context, { state, connection, place, migrations });
      } finally {
        await connection.close();
      }
    },
  };
}

export const migrate = migrateWith();

interface Found {
  readonly state: SchemaState;
  readonly connection: Connection;
  readonly place: Place;
  readonly migrations: readonly Migration[] | undefined;
}

const versionOf = ({ version }: SchemaState): string => (version === undefined ? 'no schema yet' : `schema ${version}`);

async function preview({ say }: Context, { state, connection, place }: Found): Promise<ExitCode> {
  const { missingIndexes } = await import('../store/index.ts');
  const { jobIndexes } = await import('../jobs/worker.ts');
  const { secret } = place.config;
  say(`The database has ${versionOf(state)}; this version needs schema ${state.wanted}.`);
  const { db } = connection;
  for (const { name, title, count } of db ? state.pending : []) {
    say(`  ${name}: ${title} (${db ? await count({ db, secret }) : 0} records)`);
  }
  for (const name of await missingIndexes(connection, jobIndexes)) say(`  index ${name} would be made`);
  say('Nothing was changed (dry run).');
  return exitCodes.done;
}

async function bring({ say }: Context, { state, connection, place, migrations }: Found): Promise<ExitCode> {
  const { prepareDatabase } = await import('../prepare-database.ts');
  const logger = {
    info: () => undefined,
    error: (facts: object): void => {
      say(JSON.stringify(facts));
    },
  };
  const schema = {
    ...(migrations && { migrations }),
    onProgress: ({ migration, done, total }: MigrationProgress) => {
      say(`  ${migration}: ${done} of ${total}`);
    },
    onWait: () => {
      say('Another copy is at work on the schema: waiting until it has finished.');
    },
  };
  say(`The database has ${versionOf(state)}.`);
  await prepareDatabase(connection, { secret: place.config.secret, logger, schema });
  say(`It has schema ${state.wanted} now.`);
  return exitCodes.done;
}
