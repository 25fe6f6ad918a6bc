// A session in a tab of its own. The cookie of a frame may be kept for that frame alone, so a tab cannot show who it is:
// the frame's page gets a ticket, good once and for a minute, and its form brings it to the tab as a post. There is no address
// with a ticket in it: nothing to find in a history or a log, and nothing to send to somebody else.
import type { Request, Response } from 'express';
import { isLocalPath } from './acceptance.ts';
import { LtiError } from './errors.ts';
import { readForm } from './form-body.ts';
import { digest, randomToken } from './keyring.ts';
import { sendTo } from './pages.ts';
import type { Parts } from './parts.ts';
import type { Clock, SessionRecord, SessionStore } from './ports.ts';

const TICKET_MS = 60_000;
const SHAPE = /^([\w-]{43})\.([\w-]{43})$/;

export interface OwnTab {
  /** @returns the ticket, for a form of the page that answers */
  offer(session: { id: string }): Promise<string>;
  /** Uses the ticket up and begins the same person's session anew. @returns its secret; undefined when the ticket is not good */
  open(ticket: string): Promise<string | undefined>;
}

export interface OwnTabParts {
  store: Pick<SessionStore, 'offerTab' | 'takeTab' | 'insert'>;
  clock: Clock;
  isAlive: (record: SessionRecord) => Promise<boolean>;
}

export function createOwnTab({ store, clock, isAlive }: OwnTabParts): OwnTab {
  return {
    offer: async ({ id }) => {
      const ticket = `${id}.${randomToken()}`;
      await store.offerTab(id, { hash: digest(ticket), expiresAt: new Date(clock.now().getTime() + TICKET_MS) });
      return ticket;
    },
    open: async (ticket) => {
      const id = SHAPE.exec(ticket)?.[1];
      const now = clock.now();
      const record = id === undefined ? undefined : await store.takeTab(id, digest(ticket), now);
      if (record?.purpose !== 'visit' || !(await isAlive(record))) return undefined;
      const secret = randomToken();
      // Whose it is, and its absolute end, are the first one's: nobody stays longer by going from tab to tab.
      await store.insert({ ...record, id: digest(secret), createdAt: now, seenAt: now });
      return secret;
    },
  };
}

/** POST /lti/tab/open: ticket, path -> the session's cookie where it is first-party, and the page */
export function createOpenTab({ sessions, baseUrl }: Parts) {
  return async (request: Request, response: Response): Promise<void> => {
    // Who sends somebody a form with a ticket of their own would have them write into the sender's session.
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (site === undefined ? origin !== baseUrl : site !== 'same-origin') throw new LtiError('csrf_refused', 'tab');
    const fields = await readForm(request);
    const [ticket = '', path = '/'] = [fields.get('ticket'), fields.get('path')];
    if (!isLocalPath(path)) throw new LtiError('launch_malformed', 'path');
    const secret = await sessions.ownTab.open(ticket);
    if (secret === undefined) throw new LtiError('session_expired', 'tab');
    await sessions.handOut({ request, response }, 'visit', secret);
    sendTo(response, 303, path);
  };
}
