// The checks of `doctor`: each looks at one thing the service leans on, and says what to do when it is not as it should be.
import { createTransport } from 'nodemailer';
import type { Config } from '../../config/load-config.ts';
import { jobIndexes } from '../jobs/worker.ts';
import { securityOf } from '../mail/transport.ts';
import { connect, missingIndexes, newerSchema, schemaState } from '../store/index.ts';
import { createLtiStores } from '../store/lti/index.ts';
import { opensWhatIsStored } from '../stored-secret.ts';
import type { Connection } from '../wiring.ts';
import type { Place } from './command.ts';

export type State = 'ok' | 'note' | 'failed';

export interface Finding {
  readonly state: State;
  readonly subject: string;
  readonly text: string;
}

const finding = (state: State, subject: string, text: string): Finding => ({ state, subject, text });

/** Tells one finding after the other. */
export async function checkAll(place: Place, tell: (one: Finding) => void): Promise<void> {
  tell(checkSettings(place.config));
  for (const found of checkExposure(place.config)) tell(found);
  const connection = await openDatabase(place, tell);
  if (connection !== undefined) {
    for (const check of [checkVersion, checkClock, checkSchema, checkIndexes, checkPlatforms])
      tell(await check(connection));
    tell(await checkSecret(connection, place.config.secret));
    await connection.close();
  }
  tell(await checkMail(place.config));
}

function checkSettings({ environment, programme }: Config): Finding {
  const unfinished = programme.labs.filter(({ referralToComplete }) => referralToComplete).map(({ name }) => name);
  if (unfinished.length === 0) return finding('ok', 'settings', `complete for ${environment}.`);
  const text = `valid for ${environment}; referral contacts of ${unfinished.join(', ')} are placeholders: complete PROGRAMME_FILE.`;
  return finding(environment === 'production' ? 'failed' : 'note', 'settings', text);
}

/** Secrets that others can read, and risks that somebody accepted. */
function checkExposure({ readableByAll, acceptedRisks }: Config): Finding[] {
  return [
    ...readableByAll.map((name) =>
      finding(
        'note',
        'secret',
        `the file of ${name} can be read by every user of this machine: take that right away (chmod o=).`,
      ),
    ),
    ...acceptedRisks.map((name) =>
      finding(
        'note',
        'transport',
        `${name}=yes: what passes there can be read on the network; leave it out where TLS is to be had.`,
      ),
    ),
  ];
}

async function openDatabase({ uri }: Place, tell: (one: Finding) => void): Promise<Connection | undefined> {
  const begun = performance.now();
  try {
    const connection = await connect(uri);
    tell(finding('ok', 'database', `answers in ${Math.round(performance.now() - begun)} ms.`));
    return connection;
  } catch {
    tell(
      finding(
        'failed',
        'database',
        'does not answer: check MONGODB_URI, and that the server runs and lets this machine in.',
      ),
    );
    return undefined;
  }
}

const oldestVersion = 7;

async function checkVersion(connection: Connection): Promise<Finding> {
  const { version } = (await connection.db?.admin().serverInfo()) as { version: string };
  if (Number.parseInt(version, 10) >= oldestVersion) return finding('ok', 'version', `MongoDB ${version}.`);
  return finding('failed', 'version', `MongoDB ${version} is too old: update it to ${oldestVersion} or newer.`);
}

const mostDriftMs = 5000;

async function checkClock(connection: Connection): Promise<Finding> {
  const { localTime } = (await connection.db?.admin().command({ hello: 1 })) as { localTime?: Date };
  const drift = Math.abs(Date.now() - (localTime?.getTime() ?? Date.now()));
  if (drift <= mostDriftMs) return finding('ok', 'clock', `agrees with the database within ${mostDriftMs / 1000} s.`);
  return finding('failed', 'clock', `differs from the database's by ${Math.round(drift / 1000)} s: set both by NTP.`);
}

async function checkSchema(connection: Connection): Promise<Finding> {
  const state = await schemaState(connection);
  const { version, wanted, pending, unknown } = state;
  if (unknown.length > 0) return finding('failed', 'schema', newerSchema(state).message);
  if (version === undefined) return finding('note', 'schema', `none yet: the first start makes version ${wanted}.`);
  if (pending.length === 0) return finding('ok', 'schema', `version ${wanted}.`);
  const todo = 'make a backup, then run "migrate", or start the service';
  return finding('note', 'schema', `version ${version}, this version needs ${wanted}: ${todo}.`);
}

async function checkIndexes(connection: Connection): Promise<Finding> {
  const missing = await missingIndexes(connection, jobIndexes);
  if (missing.length === 0) return finding('ok', 'indexes', 'all there.');
  const text = `${missing.length} missing (${missing[0] ?? ''}...): start the service once, it makes them.`;
  const isEmpty = (await connection.listCollections()).length === 0;
  return finding(isEmpty ? 'note' : 'failed', 'indexes', text);
}

async function checkPlatforms(connection: Connection): Promise<Finding> {
  const { registrations } = createLtiStores(connection);
  const all = await registrations.list();
  const waiting = all.flatMap(({ deployments }) => deployments.filter(({ status }) => status === 'pending'));
  if (all.length === 0) return finding('note', 'platforms', 'none yet: connect one with "platform add".');
  if (waiting.length === 0) return finding('ok', 'platforms', `${all.length} connected.`);
  return finding(
    'note',
    'platforms',
    `${waiting.length} deployments wait: see "platform list", then "deployment approve".`,
  );
}

/** With another secret nothing that was sealed opens: one member's record tells. */
async function checkSecret(connection: Connection, secret: string): Promise<Finding> {
  const opens = await opensWhatIsStored(connection, secret);
  if (opens === undefined) return finding('ok', 'secret', 'long enough; nothing is stored yet.');
  if (opens) return finding('ok', 'secret', 'opens what is stored.');
  const todo = 'put back the MENTORAT_SECRET that the data were written with';
  return finding('failed', 'secret', `does not open what is stored: ${todo}.`);
}

const isTlsFailure = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ETLS', 'ESOCKET'].includes(String(error.code)) &&
  !/ECONNREFUSED/.test(error.message);

const patienceMs = 5000;

async function checkMail({ smtpUrl, requireSmtpTls: requireTls, environment }: Config): Promise<Finding> {
  if (smtpUrl === undefined) {
    return finding(
      environment === 'production' ? 'failed' : 'note',
      'mail',
      'SMTP_URL is not set: mails wait in the outbox.',
    );
  }
  const times = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs };
  const transport = createTransport({ ...securityOf({ url: smtpUrl, requireTls }), ...times });
  try {
    await transport.verify();
    return finding('ok', 'mail', 'the server takes mail.');
  } catch (error) {
    if (isTlsFailure(error)) {
      const text = 'the server of SMTP_URL offers no STARTTLS, or its certificate does not hold: no mail leaves.';
      return finding('failed', 'mail', text);
    }
    return finding(
      'failed',
      'mail',
      'the server of SMTP_URL does not answer, or refuses the user: check address, port and password.',
    );
  } finally {
    transport.close();
  }
}
