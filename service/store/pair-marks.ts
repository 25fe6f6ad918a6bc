// That two persons were proposed to each other once, without saying who: each id becomes a keyed tag, one per role.
import { createHmac } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { PairMarks } from '../usecases/ports.ts';
import { deriveKey } from './cipher.ts';
import { modelOf, schemaOf, unlessTaken } from './collection.ts';

/** _id is both tags: a pair has one mark. */
export const pairMarkSchema = schemaOf('pair_marks', {
  menteeTag: { type: String, required: true },
  mentorTag: { type: String, required: true },
  at: { type: Date, required: true },
});
pairMarkSchema.index({ menteeTag: 1, mentorTag: 1 }, { name: 'one_mark_a_pair', unique: true });
pairMarkSchema.index({ at: 1 }, { name: 'age' });

interface PairMark {
  readonly menteeTag: string;
  readonly mentorTag: string;
}

/** The pair marks on a connection. Listing costs one tag a person, not one a pair. */
export function pairMarksOf(connection: Connection, secret: string): PairMarks {
  const model = modelOf(connection, pairMarkSchema);
  const keys = { mentee: deriveKey(secret, 'pair mark of mentees'), mentor: deriveKey(secret, 'pair mark of mentors') };
  const tag = (role: 'mentee' | 'mentor', id: string): string =>
    createHmac('sha256', keys[role]).update(id).digest('base64url');
  const idsByTag = (role: 'mentee' | 'mentor', ids: readonly string[]): Map<string, string> =>
    new Map(ids.map((id) => [tag(role, id), id]));

  return {
    async add(menteeId, mentorId, at) {
      const pair: PairMark = { menteeTag: tag('mentee', menteeId), mentorTag: tag('mentor', mentorId) };
      const write = (upsert: boolean): Promise<unknown> =>
        model
          .updateOne(
            { ...pair },
            { $max: { at }, $setOnInsert: { _id: `${pair.menteeTag}.${pair.mentorTag}` } },
            { upsert },
          )
          .exec();
      // Of two first marks at the same time one finds the place taken: then there is a mark to renew.
      const wasTaken = await unlessTaken(
        write(true).then(() => false),
        true,
      );
      if (wasTaken) await write(false);
    },
    async among(menteeIds, mentorIds, since) {
      const [mentees, mentors] = [idsByTag('mentee', menteeIds), idsByTag('mentor', mentorIds)];
      const marks = await model
        .find({ menteeTag: { $in: [...mentees.keys()] }, at: { $gte: since } }, { _id: 0, menteeTag: 1, mentorTag: 1 })
        .lean<PairMark[]>();
      return marks.flatMap(({ menteeTag, mentorTag }) => {
        const [menteeId, mentorId] = [mentees.get(menteeTag), mentors.get(mentorTag)];
        return menteeId !== undefined && mentorId !== undefined ? [[menteeId, mentorId] as const] : [];
      });
    },
    async forgetBefore(instant) {
      return (await model.deleteMany({ at: { $lt: instant } })).deletedCount;
    },
  };
}
