// Opens what the reverse proxy connects to: a port, or a Unix socket whose file says who may open it.
import { chmodSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { ConfigError } from './config-error.ts';

export interface Listen {
  host: string;
  port: number;
  /** Path of a Unix socket, instead of host and port. */
  socket?: string | undefined;
  /** Permissions of the socket's file, such as 0o660. */
  mode: number;
}

/** @throws ConfigError in one sentence when the address cannot be had. */
export async function listen(server: Server, { host, port, socket, mode }: Listen): Promise<Server> {
  if (socket === undefined) return opened(server, `${host}:${port}`, () => server.listen(port, host));
  await removeStale(socket);
  await opened(server, socket, () => {
    // Node makes the file within this call: it never is more open than it should be, not for a moment.
    const before = process.umask(0o777 & ~mode);
    server.listen(socket);
    process.umask(before);
  });
  chmodSync(socket, mode);
  return server;
}

function opened(server: Server, place: string, open: () => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new ConfigError(`listen: ${place} cannot be used (${error.code ?? error.name}).`));
    });
    server.once('listening', () => {
      resolve(server);
    });
    open();
  });
}

/** A process that was killed leaves its socket's file behind, and nobody answers there. */
function removeStale(path: string): Promise<void> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve();
    });
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') unlinkSync(path);
      resolve();
    });
  });
}
