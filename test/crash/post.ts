// The SMTP end of the crash test: remembers every mail it took charge of, and from which copy of the service it came.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Arrival {
  readonly messageId: string;
  /** The copy that handed it over. */
  readonly copy: string;
  readonly to: string;
  /** Names of people that stand in it, the addressee's among them. */
  readonly names: readonly string[];
  /** The programme's instant at which it was written. */
  readonly writtenAt: Date;
}

export interface PostOffice {
  /** What a copy of that name is told as SMTP_URL: it says its name in its greeting. */
  urlFor(copy: string): string;
  readonly arrivals: readonly Arrival[];
  /** Called when a mail is in our hands, before the copy is told so. */
  onAccepted: (copy: string) => void;
  close(): Promise<void>;
}

/** Every invented person is called so, and nobody else. */
const invented = /Personne\d{4}/gu;

async function arrivalOf(raw: Buffer, copy: string): Promise<Arrival> {
  const mail = await PostalMime.parse(raw);
  const attached = mail.attachments.map(({ content }) =>
    typeof content === 'string' ? content : new TextDecoder().decode(content),
  );
  const words = [mail.subject, mail.text, mail.html, ...attached].join('\n');
  return {
    messageId: mail.messageId ?? '',
    copy,
    to: mail.to?.[0]?.address ?? '',
    names: [...new Set(words.match(invented))],
    writtenAt: new Date(mail.date ?? 0),
  };
}

export async function openPostOffice(): Promise<PostOffice> {
  const arrivals: Arrival[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData: (stream, { hostNameAppearsAs: copy }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void arrivalOf(Buffer.concat(chunks), copy).then((arrival) => {
          arrivals.push(arrival);
          office.onAccepted(copy);
          done();
        }, done);
      });
    },
  });
  // Clients die on purpose here.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const office: PostOffice = {
    urlFor: (copy) => `smtp://127.0.0.1:${port}/?name=${copy}`,
    arrivals,
    onAccepted: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
  return office;
}
