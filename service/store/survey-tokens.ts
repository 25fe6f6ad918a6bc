// The token of a survey's link. It carries its ticket and a signature, so that no record of it has to be kept: neither
// the database nor the secret can say to whom a token went, or which token an answer came from.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ProposalSide } from '../domain/proposal.ts';
import type { SurveyTicket } from '../domain/survey.ts';
import type { OpenedTicket } from '../usecases/ports.ts';
import { deriveKey } from './cipher.ts';

export interface SurveyTokens {
  issue(ticket: SurveyTicket): string;
  open(token: string): OpenedTicket | undefined;
}

/** Bytes: 32 random ones, 1 for the side, 2 for the last day since 1970, 16 of HMAC-SHA-256; 68 characters in all. */
const randomSize = 32;
const factsSize = 3;
const shape = /^[\w-]{68}$/u;
const sides = ['mentee', 'mentor'] as const satisfies readonly ProposalSide[];
const dayMs = 86_400_000;

/** Tokens signed under a key derived from `secret`. */
export function createSurveyTokens(secret: string): SurveyTokens {
  const key = deriveKey(secret, 'survey links');
  const sign = (body: Buffer): Buffer => createHmac('sha256', key).update(body).digest().subarray(0, 16);
  return {
    issue({ side, until }) {
      const facts = Buffer.alloc(factsSize);
      facts.writeUInt8(sides.indexOf(side), 0);
      facts.writeUInt16BE(Date.parse(until) / dayMs, 1);
      const body = Buffer.concat([randomBytes(randomSize), facts]);
      return Buffer.concat([body, sign(body)]).toString('base64url');
    },
    open(token) {
      if (!shape.test(token)) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      const body = bytes.subarray(0, randomSize + factsSize);
      if (!timingSafeEqual(sign(body), bytes.subarray(body.length))) return undefined;
      const side = sides[body.readUInt8(randomSize)];
      const until = new Date(body.readUInt16BE(randomSize + 1) * dayMs).toISOString().slice(0, 10);
      return side && { side, until, answerId: answerIdOf(body.subarray(0, randomSize)) };
    },
  };
}

/** Of the random bytes, not of their spelling. */
function answerIdOf(random: Buffer): string {
  return createHash('sha256').update('survey answer').update(random).digest('base64url');
}
