// Publishes the key set so that tools can keep it: ETag, max-age, and the next key ahead of its use.
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Room } from './room.ts';

export async function serveKeys(room: Room, req: Request, res: Response): Promise<void> {
  const body = JSON.stringify(await room.keys.keySet());
  res.set({
    'Cache-Control': 'public, max-age=3600',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  });
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  res.type('application/json').send(body);
}
