// Secrets of calendar feeds: 256 random bits, of which only the SHA-256 is kept. A hash without a key is enough for what
// nobody can guess.
import { createHash, randomBytes } from 'node:crypto';
import type { FeedTokens } from '../usecases/ports.ts';

export const feedTokens: FeedTokens = {
  make: () => randomBytes(32).toString('base64url'),
  hash: (token) => createHash('sha256').update(token).digest('hex'),
};
