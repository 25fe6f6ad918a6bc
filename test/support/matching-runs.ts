// What suites about matching runs need beside the programme: many who fit each other, and a word in between two batches.
import type { Ports } from '../../service/usecases/ports.ts';
import { inTurns } from './in-turns.ts';
import type { TestProgramme } from './programme.ts';

/** So many mentees, each with an open request, and mentors with one place for each of them. */
export async function crowd(programme: TestProgramme, pairs: number): Promise<void> {
  await inTurns(Array.from({ length: pairs }), () => programme.joinPair({ offer: { capacity: 1 } }));
}

/** The ports, with something that happens before each batch of proposals is stored; batches are counted from 1. */
export function beforeBatches(ports: Ports, happen: (batch: number) => Promise<unknown>): Ports {
  let batches = 0;
  const insertAll: Ports['proposals']['insertAll'] = async (...batch) => {
    batches += 1;
    await happen(batches);
    return ports.proposals.insertAll(...batch);
  };
  const proposals = Object.create(ports.proposals, { insertAll: { value: insertAll } }) as Ports['proposals'];
  return { ...ports, proposals };
}
