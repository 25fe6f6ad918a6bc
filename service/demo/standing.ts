// Where somebody stands in the programme, for the sign-in pages of the demonstration: whom to choose to see what.
import { toLocal } from '../domain/calendar.ts';
import { isResting } from '../domain/mentor-offer.ts';
import { sideOf, viewOf } from '../domain/proposal.ts';
import type { Ports } from '../usecases/ports.ts';
import type { DemoPerson } from './people.ts';

export type Standing =
  'unknown' | 'draft' | 'left' | 'proposal' | 'answered' | 'dialogue' | 'waiting' | 'paused' | 'offers' | 'member';

export function standings(
  ports: Ports,
  personKeyOf: (person: DemoPerson) => string,
): (person: DemoPerson) => Promise<Standing[]> {
  return async (person) => {
    const member = await ports.members.findByPerson(personKeyOf(person));
    if (!member) return ['unknown'];
    if (member.status === 'draft') return ['draft'];
    if (member.status !== 'active') return ['left'];
    const [proposals, dialogues, request] = await Promise.all([
      ports.proposals.listLiveOf(member.id),
      ports.dialogues.listOpenOf(member.id),
      ports.requests.findLive(member.id),
    ]);
    const views = proposals.map((proposal) => viewOf(proposal, sideOf(proposal, member.id)));
    const today = toLocal(ports.clock.now(), ports.rules.zone).date;
    const found: Standing[] = [];
    if (views.includes('waiting_for_you')) found.push('proposal');
    else if (views.includes('you_answered')) found.push('answered');
    if (dialogues.length > 0) found.push('dialogue');
    if (request?.status === 'open') found.push('waiting');
    if (member.offer) found.push(isResting(member.offer, today) ? 'paused' : 'offers');
    return found.length > 0 ? found : ['member'];
  };
}
