// Registrations in memory: a launch never waits for the database to know its platform. Read again when older than the
// life time, at once after a change made here, and ten times a second at most when something is not found.
import { setTimeout } from 'node:timers/promises';
import type { ErrorLog } from '../log/index.ts';
import { originsOf } from './addresses.ts';
import type { LtiErrorCode } from './errors.ts';
import type { Registration, RegistrationNote, RegistrationStore } from './ports.ts';

const LIFE_MS = 1_000;
const MISS_MS = 100;
const NOTE_MS = 60_000;

export interface Registry {
  /** @returns every registration with this issuer, also those that wait, narrowed by client id when one is given */
  findAll(issuer: string, clientId: string | undefined): Promise<Registration[]>;
  find(id: string): Promise<Registration | undefined>;
  list(): Promise<Registration[]>;
  /** Origins that may frame what one platform opened, from memory; refreshes itself in the background. */
  frameOrigins(id: string): string[];
  forget(): void;
  noteLaunch(id: string, at: Date): void;
  noteProblem(id: string, code: LtiErrorCode, at: Date): void;
  flush(): Promise<void>;
}

export interface RegistryOptions {
  registrations: RegistrationStore;
  errors: ErrorLog;
}

export function createRegistry({ registrations: store, errors }: RegistryOptions): Registry {
  const memory = createMemory(store, errors);
  const all = (): Registration[] => [...memory.byId().values()];
  const lookUp = async <T>(pick: () => T | undefined): Promise<T | undefined> => {
    await memory.freshen(LIFE_MS);
    const found = pick();
    if (found !== undefined) return found;
    // A platform connected a moment ago, perhaps by another process.
    await memory.readSince(performance.now());
    return pick();
  };
  return {
    findAll: async (issuer, clientId) => (await lookUp(() => matching(all(), issuer, clientId))) ?? [],
    find: (id) => lookUp(() => memory.byId().get(id)),
    list: () => memory.freshen(LIFE_MS).then(all),
    frameOrigins: (id) => {
      void memory.freshen(LIFE_MS).catch(() => undefined);
      return originsOf(memory.byId().get(id)?.frameOrigins ?? []);
    },
    forget: memory.forget,
    ...createNotes(store, errors),
  };
}

interface Memory {
  byId(): Map<string, Registration>;
  /** Reads again when what is known is older than the limit. */
  freshen(limitMs: number): Promise<void>;
  /** What is known afterwards was read after the instant; strangers cost ten reads a second at most. */
  readSince(instant: number): Promise<void>;
  forget: () => void;
}

function createMemory(store: RegistrationStore, errors: ErrorLog): Memory {
  let byId = new Map<string, Registration>();
  // Begin and end of the last read that is kept. performance.now, not the programme's clock: the age of what is known is a
  // matter of this process only.
  let [beganAt, readAt] = [-Infinity, -Infinity];
  let reading: Promise<void> | undefined;
  const age = (): number => performance.now() - readAt;

  const read = (): Promise<void> => {
    const began = performance.now();
    const mine = (reading ??= store.list().then((all) => {
      // A read that began before a change was made here knows nothing of it, and is not kept.
      if (reading !== mine) return;
      byId = new Map(all.map((registration) => [registration.id, registration]));
      [beganAt, readAt] = [began, performance.now()];
    }));
    return mine.finally(() => {
      if (reading === mine) reading = undefined;
    });
  };
  const freshen = async (limitMs: number): Promise<void> => {
    if (age() <= limitMs) return;
    try {
      await read();
    } catch (error) {
      if (readAt === -Infinity) throw error;
      errors.reportRepeating(error, 'registrations could not be read again; the last known ones are used');
    }
  };
  return {
    byId: () => byId,
    freshen,
    readSince: async (instant) => {
      // Timers may fire a little early, and a read may be under way that began too early: hence again, but not for ever.
      for (let attempt = 0; attempt < 3 && beganAt < instant; attempt += 1) {
        if (age() <= MISS_MS) await setTimeout(MISS_MS - age() + 2);
        // A failure is no answer: whoever is not found may stand in the database.
        if (age() > MISS_MS) await read();
      }
    },
    forget: () => {
      readAt = Math.min(readAt, performance.now() - LIFE_MS - 1);
      reading = undefined;
    },
  };
}

function matching(all: Registration[], issuer: string, clientId: string | undefined): Registration[] | undefined {
  const found = all.filter((one) => one.issuer === issuer && (clientId === undefined || one.clientId === clientId));
  return found.length > 0 ? found : undefined;
}

// Last launch and last problem are for the administrator's page; gathered so that no launch pays a write for them.
function createNotes(
  store: RegistrationStore,
  errors: ErrorLog,
): Pick<Registry, 'noteLaunch' | 'noteProblem' | 'flush'> {
  const notes = new Map<string, RegistrationNote>();
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const pending = [...notes];
    notes.clear();
    await Promise.all(pending.map(([id, note]) => store.note(id, note)));
  };
  const add = (id: string, note: RegistrationNote): void => {
    notes.set(id, { ...notes.get(id), ...note });
    timer ??= globalThis
      .setTimeout(() => {
        flush().catch((error: unknown) => {
          errors.report(error, 'the notes on platforms could not be saved');
        });
      }, NOTE_MS)
      .unref();
  };
  return {
    flush,
    noteLaunch: (id, at) => {
      add(id, { lastLaunchAt: at });
    },
    noteProblem: (id, code, at) => {
      add(id, { lastProblem: { code, at } });
    },
  };
}
