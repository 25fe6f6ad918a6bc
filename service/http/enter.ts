// From a verified launch to the session's data and the first page. Roles of the platform give no rights: they only decide
// which of the two ways a newcomer sees first.
import { hasMembershipRole, type Launch, type Welcome } from '../../lti/index.ts';
import { markOfName } from '../usecases/name-mark.ts';
import type { Hasher } from '../usecases/ports.ts';

export interface EnterOptions {
  readonly hasher: Pick<Hasher, 'email' | 'mark'>;
}

/** Paths that a link of a platform may open directly; everything else opens the dialogue space. */
export const entryPaths = ['/', '/mentor', '/request', '/referral', '/my-data', '/report'] as const;

function pathFor(launch: Launch): string {
  if (launch.messageType === 'data_privacy') return '/my-data';
  return entryPaths.find((path) => path === launch.target) ?? '/';
}

/** Read-only, as the door asks. E-mail and name are kept as keyed hashes: nothing else about the person before they consent. */
export function createEnter({ hasher }: EnterOptions): (launch: Launch) => Promise<Welcome> {
  return (launch) => {
    const first = hasMembershipRole(launch.roles, 'Instructor') ? 'mentor' : 'request';
    const emailHash = launch.email === undefined ? {} : { emailHash: hasher.email(launch.email) };
    const nameMark = launch.name === undefined ? {} : { nameMark: markOfName({ hasher }, launch.name) };
    return Promise.resolve({ path: pathFor(launch), data: { first, ...emailHash, ...nameMark } });
  };
}
