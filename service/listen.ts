// Opens and closes a port: a taken one is one clear sentence, and closing waits for answers under way, not for idle browsers.
import { createServer, type RequestListener, type Server } from 'node:http';
import { StartError } from './start-error.ts';

const idleEveryMs = 50;
const longestMs = 10_000;

export interface Listening {
  close(): Promise<void>;
}

export interface Port {
  readonly port: number;
  /** Default: all addresses of the machine. */
  readonly host?: string | undefined;
  /** What to change when it is taken, for example "PORT". */
  readonly setting: string;
}

/** @throws StartError when the port cannot be had */
export async function listen(handler: RequestListener, { port, host, setting }: Port): Promise<Listening> {
  const server = createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new StartError(sentenceFor(error.code, { port, host, setting })));
    });
    server.listen(port, host, resolve);
  });
  return { close: () => close(server) };
}

function sentenceFor(code: string | undefined, { port, host = '', setting }: Port): string {
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || (code === 'EINVAL' && host !== '')) {
    return `${host} is no address of this machine: choose one of its own with LISTEN_HOST, or leave that out for all of them.`;
  }
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program: stop that program, or choose another port with ${setting}.`;
  }
  if (code === 'EACCES') return `Port ${port} may not be opened by this user: choose one above 1023 with ${setting}.`;
  return `Port ${port} cannot be opened (${code ?? 'unknown cause'}): choose another one with ${setting}.`;
}

async function close(server: Server): Promise<void> {
  // close() waits for kept-alive connections that will never ask again; and new ones become idle while it waits.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, idleEveryMs);
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, longestMs);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearInterval(idle);
  clearTimeout(late);
}
