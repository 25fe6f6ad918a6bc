// A port that is open before what stands behind it is ready: a taken port is found out at once, an early visitor is told to wait.
import type { RequestListener } from 'node:http';

export interface Gate {
  readonly handler: RequestListener;
  open(handler: RequestListener): void;
}

const wait =
  '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Mentorat Dialogue</title></head><body><main>' +
  '<h1>La démonstration se prépare</h1><p>Rechargez cette page dans quelques secondes.</p>' +
  '<p lang="en">The demonstration is being prepared: reload this page in a few seconds.</p></main></body></html>';

export function createGate(): Gate {
  let current: RequestListener = (_req, res) => {
    res.writeHead(503, { 'Content-Type': 'text/html; charset=utf-8', 'Retry-After': '5', 'Cache-Control': 'no-store' });
    res.end(wait);
  };
  return {
    handler: (req, res) => {
      current(req, res);
    },
    open: (handler) => {
      current = handler;
    },
  };
}
