// The instants that a dialogue's page offers for a meeting.
import type { Ports } from '../../service/usecases/ports.ts';
import { viewDialogue } from '../../service/usecases/view-dialogue.ts';

export async function startsOnOffer(ports: Ports, ids: { memberId: string; dialogueId: string }): Promise<Date[]> {
  const { onOffer } = await viewDialogue(ports, ids);
  return (onOffer?.times ?? []).map(({ startsAt }) => startsAt);
}
