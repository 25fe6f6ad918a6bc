// Platforms and their deployments, one document each. Two copies may add the same platform or deployment at once, or
// decide on the same one: unique indexes and conditional filters hold that, not the caller.
import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import type { Deployment, Registration, RegistrationStore } from '../../../lti/index.ts';
import { LtiError } from '../../../lti/index.ts';
import { isDuplicate, modelOf } from './model.ts';

/** waiting: its own id while it waits for approval; so no two that wait are ever the same, and none is like one let in. */
type Stored = Omit<Registration, 'id' | 'awaitsApproval'> & { _id: string; waiting?: string };

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
    source: { type: String, enum: ['manual', 'dynamic', 'form'], required: true },
    tenant: String,
    active: { type: Boolean, required: true },
    waiting: String,
    approvedAt: Date,
    ownedHost: String,
    privateAddresses: Boolean,
    deployments: { type: [deployment], required: true },
    createdAt: { type: Date, required: true },
    lastLaunchAt: Date,
    lastProblem: { type: new Schema({ code: String, at: Date }, { _id: false }) },
  },
  { collection: 'lti_registrations', strict: 'throw', versionKey: false, id: false, autoIndex: false },
);
registrationSchema.index({ issuer: 1, clientId: 1, waiting: 1 }, { unique: true, name: 'one_per_issuer_and_client' });
registrationSchema.index(
  { ownedHost: 1 },
  { unique: true, name: 'one_owner_per_host', partialFilterExpression: { ownedHost: { $exists: true } } },
);

const letIn = { waiting: { $exists: false } };

export function createRegistrationStore(connection: Connection): RegistrationStore {
  const model = modelOf(connection, 'LtiRegistration', registrationSchema);
  const change = async (filter: object, update: object): Promise<void> => {
    const { matchedCount } = await model.updateOne(filter, update, { runValidators: true });
    if (matchedCount === 0) throw new LtiError('registration_not_found');
  };
  return {
    list: async () => (await model.find().sort({ createdAt: 1 }).lean()).map(toRegistration),
    insert: async ({ id, awaitsApproval, ...registration }) => {
      const waiting = awaitsApproval === true ? { waiting: id, active: false } : {};
      await takenAsRefusal(model.create({ _id: id, ...registration, ...waiting }));
    },
    approve: async (id, { tenant, at, privateAddresses, ownedHost }) => {
      const owned = ownedHost === undefined ? {} : { ownedHost };
      const set = { active: true, approvedAt: at, tenant, privateAddresses, ...owned };
      // One write, also for the deployments: whatever it waited with belongs to the lab from now on.
      const deployments = { 'deployments.$[].status': 'approved', 'deployments.$[].tenant': tenant };
      await takenAsRefusal(
        change({ _id: id, waiting: id }, { $set: { ...set, ...deployments }, $unset: { waiting: 1 } }),
      );
    },
    reject: async (id) => {
      const { deletedCount } = await model.deleteOne({ _id: id, waiting: id });
      if (deletedCount === 0) throw new LtiError('registration_not_found');
    },
    setActive: (id, active) => change({ _id: id, ...letIn }, { $set: { active } }),
    ...deploymentWrites(model),
    note: async (id, note) => {
      await model.updateOne({ _id: id }, { $set: note });
    },
    remove: async (id) => {
      await model.deleteOne({ _id: id });
    },
  };
}

function deploymentWrites(model: Model<Stored>): Pick<RegistrationStore, 'saveDeployment' | 'notePending'> {
  return {
    saveDeployment: async (id, saved) => {
      const known = { _id: id, ...letIn, 'deployments.id': saved.id };
      const { status, tenant } = saved;
      // Tried in both orders: another copy may note the same deployment between the two.
      const replace = () =>
        model.updateOne(known, { $set: { 'deployments.$.status': status, 'deployments.$.tenant': tenant } });
      if ((await replace()).matchedCount > 0) return;
      const added = await model.updateOne(
        { _id: id, ...letIn, 'deployments.id': { $ne: saved.id } },
        { $push: { deployments: saved } },
      );
      if (added.matchedCount === 0 && (await replace()).matchedCount === 0)
        throw new LtiError('registration_not_found');
    },
    notePending: async (id, noted, limit) => {
      const room = { [`deployments.${limit - 1}`]: { $exists: false } };
      await model.updateOne(
        { _id: id, ...letIn, 'deployments.id': { $ne: noted.id }, ...room },
        { $push: { deployments: noted } },
      );
    },
  };
}

function toRegistration({ _id, waiting, ...stored }: Stored): Registration {
  return { id: _id, ...stored, ...(waiting === undefined ? {} : { awaitsApproval: true }) };
}

async function takenAsRefusal(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new LtiError(isDuplicate(error, 'ownedHost') ? 'issuer_owned' : 'registration_exists');
  }
}
