// A tool's key set on a real local address, and answers signed with the tool's key.
import { createServer, type Server } from 'node:http';
import type { KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { rsaPair } from '../../support/rsa.ts';

export interface ToolKeys {
  url: string;
  privateKey: KeyObject;
  close(): void;
}

export async function serveToolKeys(): Promise<ToolKeys> {
  const { privateKey, publicKey } = rsaPair();
  const body = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'tool-1', alg: 'RS256', use: 'sig' }] });
  const server = await listen(
    createServer((_req, res) => {
      res.setHeader('content-type', 'application/json').end(body);
    }),
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    privateKey,
    close: () => server.close(),
  };
}

export function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

export function signed(claims: Record<string, unknown>, key: KeyObject, header: Record<string, string> = {}) {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'tool-1', ...header }).sign(key);
}
