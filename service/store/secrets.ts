// Secrets of links (calendar feeds, appointments): 256 random bits, of which only the SHA-256 is kept. A hash without a key is enough for what
// nobody can guess.
import { createHash, randomBytes } from 'node:crypto';
import type { Secrets } from '../usecases/ports.ts';

export const secrets: Secrets = {
  make: () => randomBytes(32).toString('base64url'),
  hash: (token) => createHash('sha256').update(token).digest('hex'),
};
