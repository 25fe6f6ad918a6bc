// Who coordinates: whoever was appointed by a link, and whoever the configuration names by the platform's issuer and the
// platform's own name for the person. What the configuration names is given to one registration, the first of that issuer
// that was let in; whoever names the same issuer later gains nothing by it.
import { createHash } from 'node:crypto';
import type { Coordinator } from '../config/load-config.ts';
import { inOrder, type Launch, type RegistrationStore } from '../lti/index.ts';
import {
  type Appointment,
  type CoordinatorContact,
  type CoordinatorSeeds,
  isOfficeIn,
  stateOfAppointment,
} from './domain/coordinator.ts';
import type { Clock } from './domain/clock.ts';
import type { Appointments, Coordinators } from './usecases/ports.ts';

interface Parts {
  readonly named: readonly Coordinator[];
  readonly appointments: Appointments;
  readonly registrations: Pick<RegistrationStore, 'list'>;
  readonly seeds: CoordinatorSeeds;
  readonly clock: Clock;
}

export interface CoordinatorsAtTheDoor {
  /** Gives whoever the configuration names their right, at their first launch. */
  meet(launch: Pick<Launch, 'registrationId' | 'subject' | 'person' | 'tenant'>): Promise<void>;
  /** Gives each name to the platform that is there for it; at the start of the service, before a later one can come. */
  bindAll(): Promise<void>;
}

export function createCoordinators(parts: Parts): Coordinators & CoordinatorsAtTheDoor {
  const { appointments, clock } = parts;
  const fromFile = new Map(parts.named.map((one) => [idOf(one), one]));
  const registrationOf = bindings(parts);
  const list: Coordinators['list'] = async () => {
    const kept = (await appointments.list()).filter(({ id, from }) => from === 'link' || fromFile.has(id));
    const known = new Set(kept.map(({ id }) => id));
    const waiting = [...fromFile].filter(([id]) => !known.has(id));
    const all = [...waiting.map(([id, one]) => ({ ...recordOf(id, one), createdAt: new Date(0) })), ...kept];
    return all.map((one) => named(one, fromFile.get(one.id)));
  };
  const revoke: Coordinators['revoke'] = async (id, at) => {
    const one = fromFile.get(id);
    // Whoever never came in is refused for the time when they will.
    const refused = one && (await appointments.insert({ ...recordOf(id, one), createdAt: at, revokedAt: at }));
    return refused === true || appointments.revoke(id, at);
  };
  return {
    ...appointments,
    list,
    revoke,
    retire: async (person, at) => {
      for (const { id } of await appointments.heldBy(person)) await revoke(id, at);
    },
    officesOf: async (person, labId) => {
      const held = await appointments.heldBy(person);
      return held.filter((one) => (one.from === 'link' || fromFile.has(one.id)) && isOfficeIn(one, labId));
    },
    contacts: async () => {
      const now = clock.now();
      const all = (await list()).filter((one) => isWrittenTo(one, now));
      return all.map((one) => contactOf(one, fromFile.get(one.id)));
    },
    meet: async ({ registrationId, subject, person, tenant }) => {
      for (const [id, one] of fromFile) {
        const isTheirs = one.subject === subject && (one.lab ?? tenant) === tenant;
        if (!isTheirs || (await registrationOf(one)) !== registrationId) continue;
        const at = clock.now();
        await appointments.insert({ ...recordOf(id, one), person, registrationId, createdAt: at, acceptedAt: at });
      }
    },
    bindAll: async () => {
      await Promise.all(parts.named.map(registrationOf));
    },
  };
}

/** A name of the file is written to from the start; a link, once somebody has used it. */
function isWrittenTo(one: Appointment, now: Date): boolean {
  const state = stateOfAppointment(one, now);
  return state === 'in_office' || (one.from === 'file' && state !== 'revoked');
}

/** What was read once stays true: a name stays where it was given to. */
function bindings({ registrations, seeds }: Parts): (one: Coordinator) => Promise<string | undefined> {
  const known = new Map<Coordinator, string>();
  const bind = async (one: Coordinator): Promise<string | undefined> => {
    const id = seedIdOf(one);
    const bound = await seeds.find(id);
    if (bound !== undefined) return bound;
    const [first] = inOrder(await registrations.list()).filter(({ issuer }) => issuer === one.issuer);
    return first === undefined ? undefined : seeds.bindOnce(id, first.id);
  };
  return async (one) => {
    const found = known.get(one) ?? (await bind(one));
    if (found !== undefined) known.set(one, found);
    return found;
  };
}

/** Of what gives the right, and not of how to write to the person. */
function seedIdOf({ issuer, subject, role, lab = '' }: Coordinator): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject, role, lab]))
    .digest('base64url');
}

/** Short enough to be typed. */
const idOf = (one: Coordinator): string => seedIdOf(one).replace(/[-_]/gu, '').slice(0, 10);

/** Whom the file names is shown by that name. */
function named(one: Appointment, { name }: Partial<Coordinator> = {}): Appointment {
  return name === undefined ? one : { ...one, name };
}

/** How to write to somebody stays in the file. */
function recordOf(id: string, { role, lab, locale }: Coordinator): Omit<Appointment, 'createdAt'> {
  return { id, role, locale, from: 'file', ...(lab !== undefined && { labId: lab }) };
}

function contactOf(
  { id, role, labId, locale, ...one }: Appointment,
  named: Coordinator | undefined,
): CoordinatorContact {
  const { email, name } = named ?? one;
  return {
    ...{ id: named ? contactIdOf(named) : id, role, locale },
    ...(labId !== undefined && { labId }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
  };
}

/** issuer and subject name a person for ever; the hash, which stands in notices, says neither. */
function contactIdOf({ issuer, subject }: Coordinator): string {
  return createHash('sha256').update(`${issuer}\0${subject}`).digest('hex').slice(0, 12);
}
