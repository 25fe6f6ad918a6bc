// Appointments of coordinators: of a link the hash of its secret, then whose it is. One conditional update uses a link up, so
// that it gives its right to one person.
import type { Connection } from 'mongoose';
import type { Appointment } from '../domain/coordinator.ts';
import type { Appointments } from '../usecases/ports.ts';
import { rawOf } from './bulk.ts';
import type { Cipher } from './cipher.ts';
import { Collection, schemaOf } from './collection.ts';

const text = { type: String, required: true } as const;

export const appointmentSchema = schemaOf('appointments', {
  from: text,
  role: text,
  labId: String,
  locale: text,
  name: String,
  email: String,
  createdAt: { type: Date, required: true },
  tokenHash: String,
  expiresAt: Date,
  person: String,
  registrationId: String,
  acceptedAt: Date,
  revokedAt: Date,
});
appointmentSchema.index(
  { tokenHash: 1 },
  { name: 'one_a_link', unique: true, partialFilterExpression: { tokenHash: { $exists: true } } },
);
appointmentSchema.index({ person: 1 }, { name: 'of_person', partialFilterExpression: { person: { $exists: true } } });

const inForce = { revokedAt: { $exists: false } } as const;
const unused = { ...inForce, acceptedAt: { $exists: false } } as const;

/** Of what was taken away, only what it was is left. */
const forgotten = { name: null, email: null, tokenHash: null, person: null, registrationId: null } as const;

/** The appointments' repository on a connection. */
export function appointmentsOf(connection: Connection, cipher: Cipher): Appointments {
  const records = new Collection<Appointment>(connection, {
    ...{ schema: appointmentSchema, cipher },
    sealed: ['name', 'email'],
  });
  const raw = rawOf(connection, appointmentSchema);
  return {
    insert: (appointment) => records.insert(appointment),
    list: () => records.list({}, { createdAt: 1 }),
    findByToken: (tokenHash) => records.findOne({ tokenHash }),
    heldBy: (person) => records.list({ ...inForce, person }),
    accept: (id, { at, ...by }) => records.change(id, { ...unused, expiresAt: { $gt: at } }, { ...by, acceptedAt: at }),
    revoke: async (id, at) => (await records.change(id, inForce, { ...forgotten, revokedAt: at })) !== undefined,
    async purge({ unusedUntil, revokedBefore }) {
      const over = [
        { ...unused, expiresAt: { $lte: unusedUntil } },
        // Whom the file names stays taken away for as long as the file names them.
        { from: 'link', revokedAt: { $lt: revokedBefore } },
      ];
      return (await raw.deleteMany({ $or: over })).deletedCount;
    },
  };
}
