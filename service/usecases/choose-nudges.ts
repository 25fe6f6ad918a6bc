import { takingPart } from '../domain/member.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Ports } from './ports.ts';

/** Switches off the mails that only nudge, or on again; whatever needs an answer still comes. */
export async function chooseNudges(ports: Ports, { memberId, on }: { memberId: string; on: boolean }): Promise<void> {
  const choice = { nudgesOff: on ? null : true } as const;
  const saved = await ports.members.change(memberId, takingPart, choice);
  if (!saved) throw new MentoringError('not_found');
}
