// That two persons were proposed to each other once, without saying who: each id becomes a keyed tag, one per role.
import { createHmac } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { PairMarks } from '../usecases/ports.ts';
import { insertAll, rawOf, readAll, slicesOf } from './bulk.ts';
import { deriveKey } from './cipher.ts';
import { schemaOf } from './collection.ts';

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
  const raw = rawOf(connection, pairMarkSchema);
  const keys = { mentee: deriveKey(secret, 'pair mark of mentees'), mentor: deriveKey(secret, 'pair mark of mentors') };
  const tag = (role: 'mentee' | 'mentor', id: string): string =>
    createHmac('sha256', keys[role]).update(id).digest('base64url');

  return {
    async add(pairs) {
      const marks = pairs.map(({ menteeId, mentorId, sentAt }) => {
        const [menteeTag, mentorTag] = [tag('mentee', menteeId), tag('mentor', mentorId)];
        return { _id: `${menteeTag}.${mentorTag}`, menteeTag, mentorTag, at: sentAt };
      });
      const stored = await insertAll(raw, marks);
      const known = marks.filter(({ _id }) => !stored.has(_id));
      for (const { _id, at } of known) await raw.updateOne({ _id }, { $max: { at } });
    },
    async among(menteeIds, mentorIds, since) {
      const marks: { mentee: string; mentorTag: string }[] = [];
      for await (const slice of slicesOf(menteeIds)) {
        const mentees = new Map(slice.map((id) => [tag('mentee', id), id]));
        const filter = { menteeTag: { $in: [...mentees.keys()] }, at: { $gte: since } };
        for await (const chunk of readAll<PairMark>(raw, filter, { fields: ['menteeTag', 'mentorTag'] })) {
          for (const { menteeTag, mentorTag } of chunk) marks.push({ mentee: mentees.get(menteeTag) ?? '', mentorTag });
        }
      }
      const mentorOf = new Map<string, string>();
      if (marks.length > 0) {
        for await (const slice of slicesOf(mentorIds)) for (const id of slice) mentorOf.set(tag('mentor', id), id);
      }
      return marks.flatMap(({ mentee, mentorTag }) => {
        const mentor = mentorOf.get(mentorTag);
        return mentor === undefined ? [] : [[mentee, mentor] as const];
      });
    },
    async forgetBefore(instant) {
      return (await raw.deleteMany({ at: { $lt: instant } })).deletedCount;
    },
  };
}
