// Small encrypted cookies: the browser keeps them, only this process reads them.
import { hkdfSync } from 'node:crypto';
import type { Request, Response } from 'express';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Clock } from './types.ts';

export const personSchema = z.object({
  subject: z.string().min(1),
  name: z.string().optional(),
  email: z.string().optional(),
  locale: z.string().optional(),
  roles: z.array(z.string()).optional(),
});

export interface CookieKind {
  name: string;
  seconds: number;
}

export interface Sealer {
  seal(res: Response, kind: CookieKind, content: object): Promise<void>;
  open<T>(req: Request, kind: CookieKind, schema: z.ZodType<T>): Promise<T | undefined>;
  clear(res: Response, kind: CookieKind): void;
}

export function createSealer({ base, secret, clock }: { base: string; secret: Buffer; clock: Clock }): Sealer {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'lti platform cookies', 32));
  const { protocol, pathname } = new URL(base);
  // Lax is enough: /auth is asked a second time from our own page when the first request carried no cookie.
  const attributes = { httpOnly: true, sameSite: 'lax', secure: protocol === 'https:', path: pathname } as const;
  return {
    async seal(res, kind, content) {
      const now = Math.floor(clock.now().getTime() / 1000);
      const jwt = new EncryptJWT({ content }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' });
      const sealed = await jwt
        .setAudience(kind.name)
        .setExpirationTime(now + kind.seconds)
        .encrypt(key);
      res.cookie(kind.name, sealed, { ...attributes, maxAge: kind.seconds * 1000 });
    },
    async open(req, kind, schema) {
      try {
        const checks = { audience: kind.name, currentDate: clock.now(), requiredClaims: ['exp'] };
        const { payload } = await jwtDecrypt(cookieOf(req, kind.name), key, checks);
        return schema.safeParse(payload['content']).data;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    clear(res, kind) {
      res.clearCookie(kind.name, attributes);
    },
  };
}

function cookieOf(req: Request, name: string): string {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
