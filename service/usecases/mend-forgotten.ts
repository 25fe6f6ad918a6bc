import type { Timer } from '../domain/follow-up.ts';
import type { Forgotten, Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';
import { timersOfDialogue, timersOfMember, timersOfProposal, timersOfRequest, waitingFor } from './waiting.ts';

/**
 * Gives back what they wait for to records whose state has something due and that lack it: written by an earlier version,
 * or by a hand in the database. Nothing that the programme writes needs it; it looks at every live record, so once a day.
 */
export async function mendForgotten(ports: Ports): Promise<SweepCount> {
  const { members, requests, proposals, dialogues } = ports;
  const counts = [
    await mend(ports, { ...members, timersOf: timersOfMember }),
    await mend(ports, { ...requests, timersOf: timersOfRequest }),
    await mend(ports, { ...proposals, timersOf: timersOfProposal }),
    await mend(ports, { ...dialogues, timersOf: timersOfDialogue }),
  ];
  return {
    done: counts.reduce((sum, { done }) => sum + done, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

interface Mending<T> extends Forgotten<T> {
  readonly timersOf: (ports: Ports, record: T) => Timer[];
}

async function mend<T extends { readonly id: string }>(ports: Ports, records: Mending<T>): Promise<SweepCount> {
  return sweep(ports, {
    name: 'forgotten',
    list: (limit) => records.listForgotten(limit),
    act: async (record) => {
      // From the beginning: what was never done is done by the next sweep, as after any outage.
      const waits = waitingFor(ports, records.timersOf(ports, record), new Date(0));
      if (!waits) throw new Error('a live record has nothing to wait for');
      await records.remind(record.id, waits.due);
    },
  });
}
