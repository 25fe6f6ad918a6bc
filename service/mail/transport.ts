// The way out: a pool of SMTP connections. Answers of servers become a word; their text, which may hold the address, goes no
// further, but for what they say of us.
import { createTransport as createPool } from 'nodemailer';
import type { ErrorLog } from '../../lti/log/index.ts';
import type { Handover, MailAddress, MailTransport, OutgoingMail } from './ports.ts';
import { verdictOf, withoutAddresses, type SmtpAnswer, type Verdict } from './smtp-verdict.ts';

export interface TransportSettings {
  /** smtp:// or smtps:// address, with user and password if the server wants them. */
  readonly url: string;
  readonly sender: MailAddress;
  /** Nothing is said to a server before TLS with a certificate that holds; mails wait otherwise. */
  readonly requireTls?: boolean;
  /** Connections at the same time. */
  readonly connections?: number;
  /** Most mails a second from this copy; no limit when unset. */
  readonly ratePerSecond?: number;
  /** Told why the server could not be reached. */
  readonly errors?: Pick<ErrorLog, 'reportRepeating'>;
}

/** Milliseconds a silent server is waited for. Far below a lease, so that a stalled mail never leaves twice. */
const patience = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** What holds for every connection to the server, also for the one that only asks whether it is there. */
export function securityOf({ url, requireTls = false }: Pick<TransportSettings, 'url' | 'requireTls'>) {
  // Options in the address would win over these: config/transport-security.ts lets none through. smtps:// needs no STARTTLS.
  if (!requireTls) return { url };
  return { url, requireTLS: true, ignoreTLS: false, opportunisticTLS: false, tls: { rejectUnauthorized: true } };
}

export function createTransport(settings: TransportSettings): MailTransport {
  const { sender, connections = 5, ratePerSecond, errors } = settings;
  const words = new WeakMap<OutgoingMail, string>();
  const pool = createPool({
    ...securityOf(settings),
    ...{ pool: true, maxConnections: connections, maxMessages: 500, idleTimeout: 20_000 },
    ...patience,
    // Only a mail of which not a byte left goes to another connection; every other repetition is the outbox's affair.
    maxRequeues: 1,
    ...(ratePerSecond !== undefined && { rateLimit: ratePerSecond, rateDelta: 1000 }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      try {
        await pool.sendMail({ from: sender, ...messageOf(mail) });
        return 'accepted';
      } catch (error) {
        const handover = handoverOf(error);
        if (handover === 'unreachable') errors?.reportRepeating(error, 'The mail server could not be reached.');
        words.set(mail, withoutAddresses(textOf(error), mail.to));
        return handover;
      }
    },
    wordsOn: (mail) => words.get(mail) ?? '',
    close() {
      pool.close();
    },
  };
}

type Message = Parameters<ReturnType<typeof createPool>['sendMail']>[0];

function messageOf({ to, calendar, unsubscribeUrl, ...mail }: OutgoingMail): Message {
  return {
    ...mail,
    // As objects: a name with a comma or an angle bracket stays a name.
    to: [to],
    xMailer: false,
    // RFC 3834: no holiday answers to a programme.
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(calendar && { icalEvent: { ...calendar, filename: 'agenda.ics' } }),
    ...(unsubscribeUrl !== undefined && { list: { unsubscribe: { url: unsubscribeUrl } } }),
  };
}

const stages: Readonly<Record<string, SmtpAnswer['stage']>> = {
  'MAIL FROM': 'sender',
  'RCPT TO': 'recipient',
  DATA: 'data',
};
const handovers: Readonly<Record<Verdict, Handover>> = {
  mailbox: 'refused',
  later: 'later',
  ours: 'ours',
  unclear: 'unclear',
};

/** A no counts only as an answer to an envelope or a mail: a wrong password of ours refuses nobody. */
function handoverOf(error: unknown): Handover {
  const { code, command = '', responseCode = 0 } = error as { code?: string; command?: string; responseCode?: number };
  if (code === 'EENVELOPE' && command === 'API') return 'refused';
  const stage = stages[command];
  if (stage === undefined || responseCode < 400 || responseCode === 421 || responseCode === 503) return 'unreachable';
  return handovers[verdictOf({ stage, code: responseCode, text: textOf(error) })];
}

function textOf(error: unknown): string {
  const { response } = error as { response?: unknown };
  return typeof response === 'string' ? response : '';
}
