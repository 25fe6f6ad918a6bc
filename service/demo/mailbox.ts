// A real SMTP end on this machine: takes every mail of the programme and keeps it under the programme's time.
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Clock } from '../domain/clock.ts';
import type { DemoMemory, StoredMail } from './memory.ts';

export interface Mailbox {
  /** For SMTP_URL. */
  readonly smtpUrl: string;
  close(): Promise<void>;
}

export async function openMailbox(memory: Pick<DemoMemory, 'mails'>, clock: Clock): Promise<Mailbox> {
  const [last] = await memory.mails.find().sort({ _id: -1 }).limit(1).toArray();
  let number = last?._id ?? 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, _session, done) {
      keep(stream).then(
        () => {
          done();
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error('the mail could not be kept'));
        },
      );
    },
  });
  const keep = async (stream: NodeJS.ReadableStream): Promise<void> => {
    const email = await PostalMime.parse(await buffer(stream));
    number += 1;
    await memory.mails.insertOne(mailOf(email, number, clock.now()));
  };
  // A sender that goes away in the middle of a mail is no reason to end the demonstration.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

function mailOf(email: Email, number: number, at: Date): StoredMail {
  return {
    _id: number,
    at,
    from: nameOf(email.from),
    to: (email.to ?? []).map(nameOf).join(', '),
    subject: email.subject ?? '',
    text: email.text ?? '',
    html: email.html ?? '',
    // An invitation travels twice: as a part that mail programs understand, and as a file with a name.
    files: email.attachments
      .filter(({ filename }) => filename !== null)
      .map(({ filename, mimeType, content }) => ({
        name: filename ?? '',
        type: mimeType,
        content: bytesOf(mimeType, content).toString('base64'),
      })),
  };
}

const calendarTypes = ['text/calendar', 'application/ics'];

/** What is parsed of a text has lost the line ends that it was sent with; RFC 5545 wants them in a calendar file. */
function bytesOf(mimeType: string, content: string | ArrayBuffer | Uint8Array): Buffer {
  const bytes = Buffer.from(typeof content === 'string' ? content : new Uint8Array(content));
  return calendarTypes.includes(mimeType) ? Buffer.from(bytes.toString('utf8').replace(/\r?\n/gu, '\r\n')) : bytes;
}

function nameOf(address: Address | undefined): string {
  return address?.name ? `${address.name} <${address.address ?? ''}>` : (address?.address ?? '');
}
