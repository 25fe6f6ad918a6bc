// Whether mails and data travel encrypted, and to the server they are meant for. In production that is required, on this
// machine too: another of its processes may hold the port while the server is down. A Unix socket has its file's permissions.
import { ConfigError } from './errors.ts';
import type { Environment } from './schema.ts';

/** @throws ConfigError with one sentence that says what to change, and the setting that accepts the risk */
export function refuseOpenTransport(settings: Environment): void {
  const { MONGODB_URI: mongodb = '', SMTP_URL: smtp = '' } = settings;
  if (settings.ALLOW_PLAINTEXT_MONGODB === 'no')
    refuse('MONGODB_URI', mongodbFault(mongodb), 'ALLOW_PLAINTEXT_MONGODB');
  if (settings.ALLOW_PLAINTEXT_SMTP === 'no') refuse('SMTP_URL', smtpFault(smtp), 'ALLOW_PLAINTEXT_SMTP');
}

function refuse(name: string, fault: string | undefined, setting: string): void {
  if (fault === undefined) return;
  const what = name === 'SMTP_URL' ? 'mails' : 'the data';
  throw new ConfigError(
    `${name} ${fault} in production; ${setting}=yes lets ${what} pass the network where others can read them.`,
  );
}

const unchecked = ['tlsinsecure', 'tlsallowinvalidcertificates', 'tlsallowinvalidhostnames'];

/** What is wrong with the address of a database, as the end of a sentence; the driver ignores capitals in names of options. */
function mongodbFault(uri: string): string | undefined {
  const [, address = '', query = ''] = /^([^?#]*)\??([^#]*)/.exec(uri) ?? [];
  const options = [...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value] as const);
  const values = options.filter(([name]) => name === 'tls' || name === 'ssl').map(([, value]) => value);
  const careless = options.find(([name, value]) => unchecked.includes(name) && value !== 'false');
  if (careless !== undefined) return `must not hold ${careless[0]}: certificates have to be checked`;
  const hosts = address.replace(/^[^:]*:\/\//, '').replace(/\/.*$/, '');
  const isSocket = hosts
    .replace(/^.*@/, '')
    .split(',')
    .every((host) => /^%2f.*\.sock$/i.test(host));
  const isTls = values.every((value) => value === 'true') && (values.length > 0 || address.startsWith('mongodb+srv:'));
  return isTls || isSocket ? undefined : 'must ask for TLS (tls=true in its options, or mongodb+srv://)';
}

/** smtp:// is good: STARTTLS is then required before anything is sent. */
function smtpFault(url: string): string | undefined {
  // The mail library takes options from the address, and with them the checks could be switched off.
  const option = [...(URL.canParse(url) ? new URL(url).searchParams.keys() : [])].find((name) =>
    /^(?:tls\.|secure|ignoretls|opportunistictls|requiretls)/i.test(name),
  );
  return option === undefined
    ? undefined
    : `must not hold the option ${option}: TLS is required and certificates are checked`;
}
