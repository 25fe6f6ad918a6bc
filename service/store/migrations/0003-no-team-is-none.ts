// Who typed a dash, or "none", for their team had a team until now, with everybody who did the same.
import { noTeamWords } from '../../domain/tie.ts';
import { createHasher } from '../hasher.ts';
import { inBatches, type Migration } from './migration.ts';

const todo = (secret: string) => {
  const hasher = createHasher(secret);
  return { 'ties.team': { $in: noTeamWords.map((word) => hasher.team(word)) } };
};

export const noTeamIsNone: Migration = {
  name: '0003-no-team-is-none',
  title: 'a dash, or "none", is no team',
  count: ({ db, secret }) => db.collection('members').countDocuments(todo(secret)),
  up: (context) =>
    inBatches(context, { collection: 'members', todo: todo(context.secret) }, async (records, members) => {
      const ids = records.map(({ _id }) => _id);
      await members.updateMany({ _id: { $in: ids }, ...todo(context.secret) }, { $unset: { 'ties.team': '' } });
    }),
};
