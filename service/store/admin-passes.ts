// Links and sessions of administration, by the hash of their secret; a link is claimed by one conditional update.
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { AdminLink, AdminPasses } from '../domain/admin-pass.ts';
import type { Locale } from '../domain/terms.ts';

interface Stored {
  _id: string;
  kind: 'link' | 'session';
  expiresAt: Date;
  usedAt?: Date;
  locale?: Locale;
  actorId?: string;
}

export const adminPassSchema = new Schema<Stored>(
  {
    _id: String,
    kind: { type: String, enum: ['link', 'session'], required: true },
    expiresAt: { type: Date, required: true },
    usedAt: Date,
    locale: String,
    actorId: String,
  },
  { collection: 'admin_passes', strict: 'throw', versionKey: false, id: false, autoIndex: false },
);

export function createAdminPasses(connection: Connection): AdminPasses {
  const model = connection.model<Stored>('AdminPass', adminPassSchema);
  const openLink = (id: string, now: Date) => ({
    _id: id,
    kind: 'link' as const,
    usedAt: { $exists: false },
    expiresAt: { $gt: now },
  });
  return {
    insertLink: async ({ id, ...link }) => {
      await model.create({ _id: id, kind: 'link', ...link });
    },
    findLink: async (id, now) => {
      const link = await model.findOne(openLink(id, now)).lean();
      return link ? actorIn(link) : undefined;
    },
    claimLink: async (id, now) =>
      (await model.updateOne(openLink(id, now), { $set: { usedAt: now } })).modifiedCount === 1,
    insertSession: async ({ id, ...session }) => {
      await model.create({ _id: id, kind: 'session', ...session });
    },
    findSession: async (id, now) => {
      const found = await model.findOne({ _id: id, kind: 'session', expiresAt: { $gt: now } }).lean();
      return found?.locale && { id, locale: found.locale, expiresAt: found.expiresAt, ...actorIn(found) };
    },
    saveLocale: async (id, locale) => {
      await model.updateOne({ _id: id, kind: 'session' }, { $set: { locale } });
    },
    endSession: async (id) => {
      await model.deleteOne({ _id: id, kind: 'session' });
    },
    purge: async (now) => (await model.deleteMany({ expiresAt: { $lte: now } })).deletedCount,
  };
}

const actorIn = ({ actorId }: Stored): AdminLink => (actorId === undefined ? {} : { actorId });
