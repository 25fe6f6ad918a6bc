// Platforms and their deployments, one document each. Two copies may add the same platform or deployment at once: the
// unique index and the conditional filter hold that, not the caller.
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Deployment, Registration, RegistrationStore } from '../../../lti/index.ts';
import { LtiError } from '../../../lti/index.ts';
import { isDuplicate, modelOf } from './model.ts';

type Stored = Omit<Registration, 'id'> & { _id: string };

const deployment = new Schema<Deployment>(
  {
    id: { type: String, required: true },
    status: { type: String, enum: ['pending', 'approved'], required: true },
    tenant: String,
    firstSeenAt: { type: Date, required: true },
  },
  { _id: false, id: false },
);

export const registrationSchema = new Schema<Stored>(
  {
    _id: String,
    name: { type: String, required: true },
    issuer: { type: String, required: true },
    clientId: { type: String, required: true },
    authorizationUrl: { type: String, required: true },
    tokenUrl: { type: String, required: true },
    keysetUrl: { type: String, required: true },
    tokenAudience: String,
    frameOrigins: { type: [String], required: true },
    source: { type: String, enum: ['manual', 'dynamic'], required: true },
    tenant: String,
    active: { type: Boolean, required: true },
    deployments: { type: [deployment], required: true },
    createdAt: { type: Date, required: true },
    lastLaunchAt: Date,
    lastProblem: { type: new Schema({ code: String, at: Date }, { _id: false }) },
  },
  { collection: 'lti_registrations', strict: 'throw', versionKey: false, id: false, autoIndex: false },
);
registrationSchema.index({ issuer: 1, clientId: 1 }, { unique: true });

export function createRegistrationStore(connection: Connection): RegistrationStore {
  const model = modelOf(connection, 'LtiRegistration', registrationSchema);
  const change = async (id: string, update: object): Promise<void> => {
    const { matchedCount } = await model.updateOne({ _id: id }, update, { runValidators: true });
    if (matchedCount === 0) throw new LtiError('registration_not_found');
  };
  return {
    list: async () => (await model.find().sort({ createdAt: 1 }).lean()).map(toRegistration),
    insert: async ({ id, ...registration }) => {
      try {
        await model.create({ _id: id, ...registration });
      } catch (error) {
        throw isDuplicate(error) ? new LtiError('registration_exists') : error;
      }
    },
    setActive: (id, active) => change(id, { $set: { active } }),
    saveDeployment: async (id, saved) => {
      const known = { _id: id, 'deployments.id': saved.id };
      const { status, tenant } = saved;
      // Tried in both orders: another copy may note the same deployment between the two.
      const replace = () =>
        model.updateOne(known, { $set: { 'deployments.$.status': status, 'deployments.$.tenant': tenant } });
      if ((await replace()).matchedCount > 0) return;
      const added = await model.updateOne(
        { _id: id, 'deployments.id': { $ne: saved.id } },
        { $push: { deployments: saved } },
      );
      if (added.matchedCount === 0 && (await replace()).matchedCount === 0)
        throw new LtiError('registration_not_found');
    },
    notePending: async (id, noted, limit) => {
      const room = { [`deployments.${limit - 1}`]: { $exists: false } };
      await model.updateOne(
        { _id: id, 'deployments.id': { $ne: noted.id }, ...room },
        { $push: { deployments: noted } },
      );
    },
    note: async (id, note) => {
      await model.updateOne({ _id: id }, { $set: note });
    },
    remove: async (id) => {
      await model.deleteOne({ _id: id });
    },
  };
}

function toRegistration({ _id, ...stored }: Stored): Registration {
  return { id: _id, ...stored };
}
