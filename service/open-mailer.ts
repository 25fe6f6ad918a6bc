// The mailer as the settings want it: with the programme's texts and addresses, or none at all.
import type { Logger } from 'pino';
import type { Config } from '../config/load-config.ts';
import type { ErrorLog } from '../lti/log/index.ts';
import type { Clock } from './domain/clock.ts';
import type { Notice } from './domain/notice.ts';
import { createLoad } from './mail/load.ts';
import { createMailer, type Mailer } from './mail/mailer.ts';
import { createRender } from './mail/notices.ts';
import type { MailQueue } from './mail/ports.ts';
import { createTransport } from './mail/transport.ts';
import { issueSurveyLink } from './usecases/issue-survey-link.ts';
import type { Ports } from './usecases/ports.ts';

/** Addresses of the closing survey, each made for one mail that leaves now. */
function surveyLinks(baseUrl: string, ports: Ports): (notice: Notice) => Promise<string | undefined> {
  return async (notice) => {
    const token = await issueSurveyLink(ports, notice);
    return token && `${baseUrl}/survey/${token}`;
  };
}

const quietMs = 60_000;

/** An alarm a minute while the server refuses us: its words, and how often it said so since. */
function saidOnce(logger: Logger): (said: string) => void {
  let [toldAt, repeated] = [-Infinity, 0];
  return (said) => {
    repeated += 1;
    if (performance.now() - toldAt < quietMs) return;
    logger.error({ said, times: repeated }, 'The mail server refuses our mails: they wait until that is mended.');
    [toldAt, repeated] = [performance.now(), 0];
  };
}

interface MailerParts {
  readonly ports: Ports;
  readonly queue: MailQueue;
  readonly logger: Logger;
  readonly errors: ErrorLog;
  /** Real time, for leases. */
  readonly wallClock: Clock;
}

/** Without SMTP_URL nothing leaves. */
export function openMailer(
  config: Config,
  { ports, queue, logger, errors, wallClock }: MailerParts,
): Mailer & { close(): void } {
  if (config.smtpUrl === undefined) {
    logger.warn('SMTP_URL is not set: mails wait in the outbox');
    const nothing = { sent: 0, retried: 0, postponed: 0, refused: 0, dropped: 0, failed: 0 };
    return { deliverDue: () => Promise.resolve(nothing), close: () => undefined };
  }
  const entryUrls = new Map(config.programme.labs.map(({ id, entryUrl }) => [id, entryUrl]));
  const transport = createTransport({
    url: config.smtpUrl,
    sender: config.mailFrom,
    requireTls: config.requireSmtpTls,
    errors,
  });
  const mailer = createMailer({
    queue,
    load: createLoad({
      ...ports,
      surveyLink: surveyLinks(config.baseUrl, ports),
      twinsLink: (token) => `${config.baseUrl}/two-registrations/${token}`,
    }),
    render: createRender({ sender: config.mailFrom, entryUrl: (labId) => entryUrls.get(labId) ?? config.baseUrl }),
    transport,
    onRefused: saidOnce(logger),
    ...{ logger, errors },
    clock: ports.clock,
    wallClock,
  });
  return {
    ...mailer,
    close: () => {
      transport.close();
    },
  };
}
