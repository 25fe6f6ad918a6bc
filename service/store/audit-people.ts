// Who stands behind a pseudonym of the audit trail. With its record goes the only thing that knew it.
import { createHmac } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { AuditPeople, AuditPerson } from '../usecases/ports.ts';
import { rawOf } from './bulk.ts';
import { deriveKey, type Cipher } from './cipher.ts';
import { schemaOf, unlessTaken } from './collection.ts';
import { drawLetters } from './letters.ts';

export const auditPersonSchema = schemaOf('audit_people', {
  kind: { type: String, required: true },
  /** Keyed hash of kind and key. */
  tag: { type: String, required: true },
  personKey: String,
  label: String,
  usedAt: { type: Date, required: true },
});
auditPersonSchema.index({ tag: 1 }, { name: 'one_pseudonym_a_person', unique: true });
auditPersonSchema.index(
  { personKey: 1 },
  { name: 'of_person', partialFilterExpression: { personKey: { $exists: true } } },
);

/** Longer than a case's reference, so that the two are told apart. */
const drawPseudonym = (): string => drawLetters(10);

/** The pseudonyms on a connection. */
export function auditPeopleOf(connection: Connection, secret: string, cipher: Cipher): AuditPeople {
  const raw = rawOf(connection, auditPersonSchema);
  const key = deriveKey(secret, 'people of the audit trail');
  const tagOf = ({ kind, key: name }: AuditPerson): string =>
    createHmac('sha256', key).update(`${kind}\0${name}`).digest('base64url');
  const placeOf = (id: string) => ({ collection: 'audit_people', id, field: 'label' });
  const use = async (tag: string, at: Date): Promise<string | undefined> =>
    (await raw.findOneAndUpdate({ tag }, { $max: { usedAt: at } }))?._id;
  const pseudonymOf: AuditPeople['pseudonymOf'] = async (person, at) => {
    const tag = tagOf(person);
    const known = await use(tag, at);
    if (known !== undefined) return known;
    const _id = drawPseudonym();
    const cameByLaunch = person.kind === 'member' || person.kind === 'coordinator';
    const record = {
      ...{ _id, kind: person.kind, tag, usedAt: at },
      ...(cameByLaunch && { personKey: person.key }),
      ...(person.label !== undefined && { label: cipher.seal(person.label, placeOf(_id)) }),
    };
    const write = raw.insertOne(record).then(() => _id);
    // Somebody drew one for the same person meanwhile, or drew this one for somebody else.
    return (await unlessTaken(write, undefined)) ?? pseudonymOf(person, at);
  };
  return {
    pseudonymOf,
    findPseudonym: async (person) => (await raw.findOne({ tag: tagOf(person) }))?._id,
    async findPersonKey(pseudonym) {
      const found = await raw.findOne({ _id: pseudonym, personKey: { $exists: true } });
      return found?.['personKey'] as string | undefined;
    },
    async labelsOf(pseudonyms) {
      const known = { _id: { $in: [...pseudonyms] }, label: { $exists: true } };
      const found = await raw.find(known).toArray();
      return new Map(found.map(({ _id, label }) => [_id, cipher.open(String(label), placeOf(_id))]));
    },
    async forget(personKey, { asCoordinator }) {
      await raw.deleteMany({ personKey, ...(!asCoordinator && { kind: 'member' }) });
    },
    async purge(before) {
      return (await raw.deleteMany({ usedAt: { $lt: before } })).deletedCount;
    },
  };
}
