// The four static files of the platform, read once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'express';

const types = { 'submit.js': 'js', 'storage.js': 'js', 'embed.js': 'js', 'platform.css': 'css' } as const;

const contents = new Map(
  Object.keys(types).map((name) => [name, readFileSync(join(import.meta.dirname, 'assets', name), 'utf8')]),
);

export function serveAsset(req: Request<{ name: string }>, res: Response, next: () => void): void {
  const { name } = req.params;
  const content = contents.get(name);
  if (content === undefined) {
    next();
    return;
  }
  // The intranet's own page may be on another origin and load embed.js from here.
  res.set({ 'Cache-Control': 'public, max-age=3600', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  res.type(name.endsWith('.css') ? 'css' : 'js').send(content);
}
