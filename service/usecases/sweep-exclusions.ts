import { monthsAfter, pastExclusionMonths, undecidedDays, type Exclusion } from '../domain/exclusion.ts';
import { endAsked, liftExclusion } from './decide-exclusion.ts';
import { carryOutExclusion, carryOutLifting } from './exclude-member.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';

const dayMs = 86_400_000;

/** Goes on with decisions that a crash cut off, and ends by itself what has had its time. */
export async function sweepExclusions(ports: Ports): Promise<SweepCount> {
  const now = ports.clock.now();
  const { exclusions } = ports;
  const undecidedSince = new Date(now.getTime() - undecidedDays * dayMs);
  const steps = [
    { list: (limit: number) => exclusions.listUnsettled(limit), act: carryOut },
    { list: (limit: number) => exclusions.listEnded(now, limit), act: ({ id }: Exclusion) => liftExclusion(ports, id) },
    {
      list: (limit: number) => exclusions.listUndecided(undecidedSince, limit),
      act: ({ id }: Exclusion) => endAsked(ports, id, 'lapsed'),
    },
  ];
  const counts: SweepCount[] = [];
  for (const { list, act } of steps)
    counts.push(await sweep(ports, { name: 'exclusions', list, act: (one) => act(one) }));
  const sum = (of: keyof SweepCount): number => counts.reduce((total, count) => total + count[of], 0);
  return {
    done: sum('done') + (await exclusions.purge(monthsAfter(now, -pastExclusionMonths))),
    failed: sum('failed'),
  };

  function carryOut(exclusion: Exclusion): Promise<void> {
    return exclusion.status === 'lifted' ? carryOutLifting(ports, exclusion) : carryOutExclusion(ports, exclusion);
  }
}
