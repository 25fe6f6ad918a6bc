// Every migration, in order. The number at the head of a name is the schema version that it leads to; names are kept for
// ever, because databases remember them.
import { hostsHaveOneOwner } from './0002-hosts-have-one-owner.ts';
import { noTeamIsNone } from './0003-no-team-is-none.ts';
import { addressesAreConfirmed } from './0004-addresses-are-confirmed.ts';
import { meetingsTakeTime } from './0005-meetings-take-time.ts';
import type { Migration } from './migration.ts';

/** Version of a database from before there were migrations. */
export const firstVersion = 1;

export const migrations: readonly Migration[] = [
  hostsHaveOneOwner,
  noTeamIsNone,
  addressesAreConfirmed,
  meetingsTakeTime,
];
