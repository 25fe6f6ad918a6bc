// What a browser's answers weigh on the wire: bytes with their headers, each request on a connection of its own.
import { get } from 'node:http';
import type { Visitor } from './app.ts';

export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it was sent, compressed or not. */
  readonly body: Buffer;
  /** With the headers. */
  readonly bytes: number;
}

/** Asks as a browser does, unless `headers` say otherwise. */
export async function transfer(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Sent> {
  const asked = { 'Accept-Encoding': 'gzip, deflate, br, zstd', Connection: 'close', ...headers };
  return new Promise((resolve, reject) => {
    get(address, { agent: false, headers: asked }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode: status = 0, socket } = answer;
        resolve({ status, headers: answer.headers, body: Buffer.concat(parts), bytes: socket.bytesRead });
      });
    }).on('error', reject);
  });
}

/** A visitor's cookies, as a browser sends them. */
export function cookieOf(visitor: Pick<Visitor, 'cookies'>): string {
  return visitor
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}
