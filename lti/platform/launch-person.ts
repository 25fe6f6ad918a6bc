// Remembers in the browser who began a launch, so that /auth knows the person although no login protects it: the tool sends
// the browser there inside a frame, where single sign-on systems can neither see their cookie nor show their page.
import type { Request, Response } from 'express';
import { personSchema, type CookieKind } from './cookie.ts';
import type { Room } from './room.ts';
import type { Person } from './types.ts';

const launchCookie: CookieKind = { name: 'lti_launch', seconds: 600 };

export async function rememberPerson(room: Room, res: Response, person: Person): Promise<void> {
  const sealer = await room.sealer();
  await sealer.seal(res, launchCookie, person);
}

/** Who is signed in now, else who began the launch here a moment ago. */
export async function launchPerson(room: Room, req: Request): Promise<Person | undefined> {
  const person = await room.identity.identify(req);
  if (person !== undefined) return person;
  const sealer = await room.sealer();
  return sealer.open(req, launchCookie, personSchema);
}
