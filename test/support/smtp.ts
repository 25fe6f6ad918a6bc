// A real SMTP end for suites: takes mails over a socket, parses them, and says 451 or 550 when a test wants it to.
import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { ownPort } from './ports.ts';

export interface SmtpRefusal {
  /** 4xx: later; 5xx: never. */
  readonly code: number;
  /** What is said after it; of a final no at the recipient that the mailbox is dead, when unset. */
  readonly text?: string;
  /** Of whom, when not of everybody. */
  readonly of?: (address: string) => boolean;
  /** rcpt: at the recipient; data: after the mail was read; connect: at the door. */
  readonly at: 'connect' | 'mail' | 'rcpt' | 'data';
  /** How many times; until `accept()` when unset. */
  readonly times?: number;
}

export interface TestSmtp {
  url(): string;
  /** All mails the end said 250 to, in order of arrival. */
  mails(): readonly Email[];
  /** How often each Message-ID arrived. */
  arrivals(): ReadonlyMap<string, number>;
  refuse(refusal: SmtpRefusal): void;
  accept(): void;
  /** Closes the port, as if the server were away; `comeBack` opens the same one. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

class Refused extends Error {
  readonly responseCode: number;
  constructor({ code, at, text }: SmtpRefusal) {
    const usual = 'refused by the test, with words that name nobody.secret@example.org';
    super(text ?? (at === 'rcpt' && code >= 500 ? `5.1.1 ${usual}` : usual));
    this.responseCode = code;
  }
}

/** Call inside a `describe`: the end exists from its `before` hooks to its `after` hooks; each test begins with none. */
export function useSmtp(): TestSmtp {
  let server: SMTPServer | undefined;
  let port = 0;
  let mails: Email[] = [];
  let refusal: (SmtpRefusal & { left: number }) | undefined;

  const refusedAt = (stage: SmtpRefusal['at'], address = ''): Refused | undefined => {
    if (refusal?.at !== stage || refusal.left <= 0 || refusal.of?.(address) === false) return undefined;
    refusal.left -= 1;
    return new Refused(refusal);
  };

  const open = async (): Promise<void> => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      // Milliseconds that clients get to say goodbye.
      closeTimeout: 100,
      onConnect: (_session, done) => {
        done(refusedAt('connect'));
      },
      onMailFrom: (_address, _session, done) => {
        done(refusedAt('mail'));
      },
      onRcptTo: ({ address }, _session, done) => {
        done(refusedAt('rcpt', address));
      },
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const refused = refusedAt('data', envelope.rcptTo[0]?.address);
          if (refused) {
            done(refused);
            return;
          }
          void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
            mails.push(mail);
            done();
          }, done);
        });
      },
    });
    // Clients of a suite may break off on purpose.
    server.on('error', () => undefined);
    // An end that goes away comes back at the same port, and must not find another suite's there.
    if (port === 0) port = await ownPort();
    await once(server.listen(port, '127.0.0.1'), 'listening');
  };

  const close = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    if (!closing) return;
    await new Promise<void>((resolve) => {
      closing.close(resolve);
    });
  };

  before('open the SMTP end', open);
  beforeEach('empty the mailbox', () => {
    mails = [];
    refusal = undefined;
  });
  after('close the SMTP end', close);

  return {
    url: () => `smtp://127.0.0.1:${port}`,
    mails: () => mails,
    arrivals: () =>
      mails.reduce(
        (all, { messageId = '' }) => all.set(messageId, (all.get(messageId) ?? 0) + 1),
        new Map<string, number>(),
      ),
    refuse: (asked) => {
      refusal = { ...asked, left: asked.times ?? Infinity };
    },
    accept: () => {
      refusal = undefined;
    },
    goAway: close,
    comeBack: open,
  };
}
