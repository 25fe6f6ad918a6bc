// What leaves, and how, when the server offers TLS, does not, or shows a certificate that does not hold.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { loadConfig } from '../../config/load-config.ts';
import { createErrorLog } from '../../lti/log/index.ts';
import { openMailer } from '../../service/open-mailer.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { runChild } from '../support/child.ts';
import { aNotice } from '../support/mail.ts';
import { useProgramme } from '../support/programme.ts';

const folder = path.resolve('test/support/certificate');
const pem = (name: string): Buffer => readFileSync(path.join(folder, name));
/** Made for localhost, signed by nobody: it holds only for a process that is told to trust it. */
const certificate = { key: pem('key.pem'), cert: pem('certificate.pem') };
const noTls = { disabledCommands: ['STARTTLS', 'AUTH'] };

const production = {
  NODE_ENV: 'production',
  BASE_URL: 'https://mentorat.example.org',
  MONGODB_URI: 'mongodb://db.example.org/mentorat?tls=true',
  MAIL_FROM: 'Mentorat <mentorat@example.org>',
  MENTORAT_SECRET: 'a secret of the tests only, 32 characters or more',
};

describe('a mail in production', function () {
  this.timeout(300_000);
  const programme = useProgramme();
  const closers: (() => unknown)[] = [];
  let said: string[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
    said = [];
    await programme.connection().collection('outbox').deleteMany({});
  });

  /** A server that takes mails, and notes the addresses it is told. */
  async function end(options: SMTPServerOptions, scheme = 'smtp'): Promise<string> {
    const server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      onRcptTo: ({ address }, { secure }, done) => {
        said.push(`${secure ? 'sealed' : 'clear'} ${address}`);
        done();
      },
      onData: (stream, _session, done) => {
        stream.resume().on('end', () => {
          done();
        });
      },
      ...options,
    });
    server.on('error', () => undefined);
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    closers.push(
      () =>
        new Promise<void>((resolve) => {
          server.close(resolve);
        }),
    );
    return `${scheme}://localhost:${(listening.address() as AddressInfo).port}`;
  }

  async function deliver(url: string, env: Record<string, string> = {}) {
    // A Tuesday morning, when mails may leave.
    programme.moveTo(new Date('2026-11-17T09:00:00Z'));
    const queue = createOutbox(programme.connection());
    const member = await programme.join();
    await queue.enqueue(
      aNotice({ kind: 'dialogue_ended', key: member.id, memberId: member.id, notBefore: programme.now() }),
    );
    const ports = programme.ports();
    const logger = pino({ level: 'silent' });
    const parts = { ports, queue, logger, errors: createErrorLog({ logger }), wallClock: ports.clock };
    const mailer = openMailer(loadConfig({ ...production, SMTP_URL: url, ...env }), parts);
    closers.push(() => {
      mailer.close();
    });
    return mailer.deliverDue();
  }

  it('waits when the server offers no STARTTLS, and nobody is named to it', async () => {
    expect(await deliver(await end(noTls))).to.deep.include({ sent: 0, retried: 1, refused: 0 });
    expect(said).to.deep.equal([]);
  });

  it('waits when the certificate does not hold, by STARTTLS and by TLS from the first byte', async () => {
    expect(await deliver(await end(certificate))).to.deep.include({ sent: 0, retried: 1, refused: 0 });
    const smtps = await end({ ...certificate, secure: true }, 'smtps');
    expect(await deliver(smtps)).to.deep.include({ sent: 0, refused: 0 });
    expect(said).to.deep.equal([]);
  });

  it('leaves in clear when ALLOW_PLAINTEXT_SMTP accepts it by name', async () => {
    expect(await deliver(await end(noTls), { ALLOW_PLAINTEXT_SMTP: 'yes' })).to.deep.include({ sent: 1 });
    expect(said[0]).to.match(/^clear /);
  });

  it('is possible where doctor says so: by a certificate that holds, and it says why not otherwise', async () => {
    const doctor = async (url: string, env: Record<string, string> = {}): Promise<string> => {
      const settings = { ...production, MONGODB_URI: 'mongodb://127.0.0.1:1/none', ALLOW_PLAINTEXT_MONGODB: 'yes' };
      return (await runChild('service/cli/main.ts', ['doctor'], { ...settings, SMTP_URL: url, ...env })).out;
    };
    const trusting = { NODE_EXTRA_CA_CERTS: path.join(folder, 'certificate.pem') };
    // At the same time: each waits for a database that is not there.
    const [found, ...wrong] = await Promise.all([
      doctor(await end(certificate), trusting),
      doctor(await end(certificate)),
      doctor(await end(noTls)),
    ]);
    expect(found).to.match(/^ok +mail /m);
    expect(found).to.match(/^note +transport +ALLOW_PLAINTEXT_MONGODB=yes: /m);
    for (const out of wrong) expect(out).to.match(/^failed +mail .*no STARTTLS, or its certificate does not hold/m);
  });
});
