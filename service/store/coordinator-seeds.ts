// Which registration a coordinator named in the configuration belongs to: written once, by whoever comes first, and never
// changed. The id is a hash of what the configuration says.
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { CoordinatorSeeds } from '../domain/coordinator.ts';
import { isDuplicate, modelOf } from './lti/model.ts';

interface Stored {
  _id: string;
  registrationId: string;
}

export const coordinatorSeedSchema = new Schema<Stored>(
  { _id: String, registrationId: { type: String, required: true } },
  { collection: 'coordinator_seeds', strict: 'throw', versionKey: false, id: false, autoIndex: false },
);

export function createCoordinatorSeeds(connection: Connection): CoordinatorSeeds {
  const model = modelOf(connection, 'CoordinatorSeed', coordinatorSeedSchema);
  const find = async (id: string): Promise<string | undefined> => (await model.findById(id).lean())?.registrationId;
  return {
    find,
    bindOnce: async (id, registrationId) => {
      try {
        await model.create({ _id: id, registrationId });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      return (await find(id)) ?? registrationId;
    },
  };
}
