// Instants at which two people could meet, and those that a dialogue's page offers.
import { Span } from '../../service/domain/free-time.ts';
import type { Attendee } from '../../service/domain/meeting-kinds.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { viewDialogue } from '../../service/usecases/view-dialogue.ts';

export async function startsOnOffer(ports: Ports, ids: { memberId: string; dialogueId: string }): Promise<Date[]> {
  const { onOffer } = await viewDialogue(ports, ids);
  return (onOffer?.times ?? []).map(({ startsAt }) => startsAt);
}

/** Ascending, on half-hours, in the `days` days after `from`. */
export function commonStarts(
  pair: readonly [Attendee, Attendee],
  { from, days, halfHours }: { readonly from: Date; readonly days: number; readonly halfHours: number },
): Date[] {
  const span = new Span(from, days);
  return span.instants(span.commonStarts(pair, halfHours));
}
