// Fields of a form post or of a query: strings only, each name once (RFC 6749, 3.1: parameters must not be repeated).
// "iss[$ne]" is a field with an odd name here, never an object, so nothing can reach a query as an operator.
import type { Request } from 'express';
import { LtiError } from './errors.ts';

/** Canvas sends up to 20 KB of claims; ten times that is no launch. */
const LIMIT_BYTES = 196_608;

export type Fields = ReadonlyMap<string, string>;

export function readQuery(request: Request): Fields {
  const at = request.originalUrl.indexOf('?');
  return toFields(at === -1 ? '' : request.originalUrl.slice(at + 1));
}

/** @throws LtiError launch_malformed for another content type or a repeated name, launch_too_large above the limit */
export async function readForm(request: Request): Promise<Fields> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new LtiError('launch_malformed', 'content-type');
  return toFields(await readBody(request));
}

/** For the same-origin fetches of our own scripts. */
export async function readJson(request: Request): Promise<unknown> {
  const body = await readBody(request);
  try {
    return JSON.parse(body);
  } catch {
    throw new LtiError('launch_malformed', 'json');
  }
}

function readBody(request: Request): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const add = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= LIMIT_BYTES) {
        chunks.push(chunk);
        return;
      }
      // The rest is read and dropped: a browser that is still sending would otherwise never see our answer.
      request.off('data', add).resume();
      reject(new LtiError('launch_too_large'));
    };
    request.on('data', add);
    request.once('end', () => {
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
    request.once('error', () => {
      reject(new LtiError('launch_malformed', 'aborted'));
    });
  });
}

function toFields(text: string): Fields {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) throw new LtiError('launch_malformed', 'repeated parameter');
    fields.set(name, value);
  }
  return fields;
}
