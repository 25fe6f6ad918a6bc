// A way to the database that a test can shut: closed, as if the server were gone, or silent, as if its machine had stopped.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ownPort } from '../support/ports.ts';

export interface Gate {
  readonly port: number;
  /** Connections are broken and refused. */
  shut(): Promise<void>;
  /** Connections stay, and nothing passes. */
  fallSilent(): void;
  open(): Promise<void>;
}

export async function openGate(targetPort: number): Promise<Gate> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isSilent = false;
  let server: Server | undefined;
  const port = await ownPort();

  const pass = (client: Socket): void => {
    const target = connect(targetPort, '127.0.0.1');
    const pair = [client, target] as const;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.pipe(target);
    target.pipe(client);
    if (isSilent) for (const socket of pair) socket.pause();
  };
  const listen = async (): Promise<void> => {
    server = createServer(pass).listen(port, '127.0.0.1');
    await once(server, 'listening');
  };

  await listen();
  return {
    port,
    async shut() {
      const closing = server;
      server = undefined;
      for (const pair of [...pairs]) for (const socket of pair) socket.destroy();
      if (!closing) return;
      closing.close();
      await once(closing, 'close');
    },
    fallSilent() {
      isSilent = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    async open() {
      isSilent = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
      if (!server) await listen();
    },
  };
}
