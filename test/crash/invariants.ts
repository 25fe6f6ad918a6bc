// The invariants of the programme, read from the whole database once everything has settled; each violation is a sentence.
import { openDialogueStatuses, type Dialogue } from '../../service/domain/dialogue.ts';
import { liveRequestStatuses } from '../../service/domain/mentoring-request.ts';
import { liveProposalStatuses, type Proposal } from '../../service/domain/proposal.ts';
import { tieBetween } from '../../service/domain/tie.ts';
import type { KeptMember, World } from './world.ts';

type Check = (world: World) => string[];

/** What is overdue for longer than this was forgotten. */
const forgottenMs = 30 * 60_000;
/** Days after which letters may be purged, less some. */
const keptDays = 85;

const isOneOf = (list: readonly string[], status: string): boolean => list.includes(status);
const isLive = ({ status }: Proposal): boolean => isOneOf(liveProposalStatuses, status);
const isOpen = ({ status }: Dialogue): boolean => isOneOf(openDialogueStatuses, status);
const liveOnes = ({ proposals }: World): Proposal[] => [...proposals.values()].filter(isLive);
const openOnes = ({ dialogues }: World): Dialogue[] => [...dialogues.values()].filter(isOpen);

function more<T>(items: readonly T[], keyOf: (item: T) => string): string[] {
  const seen = new Set<string>();
  return items.map(keyOf).filter((key) => seen.has(key) || !seen.add(key));
}

/** 1. Never more live proposals and dialogues than places; what is held is exactly what lives. */
export const capacity: Check = (world) => {
  const holders = new Map<string, Set<string>>();
  for (const { id, mentorId } of [...liveOnes(world), ...openOnes(world)]) {
    holders.set(mentorId, (holders.get(mentorId) ?? new Set()).add(id));
  }
  return [...world.members.values()].flatMap(({ id, offer, held, status }) => {
    const [living, taken] = [holders.get(id) ?? new Set<string>(), held.map(({ holderId }) => holderId)];
    const places = offer?.capacity ?? living.size;
    return [
      ...(living.size > places ? [`mentor ${id} has ${living.size} for ${places} places`] : []),
      ...taken.filter((one) => !living.has(one)).map((one) => `mentor ${id} (${status}) holds a place for ${one}`),
      ...[...living].filter((one) => !taken.includes(one)).map((one) => `mentor ${id} holds no place for ${one}`),
    ];
  });
};

/** May be asked at any moment: the record that holds the places never holds too many. */
export const placesHeld: Check = ({ members }) =>
  [...members.values()].flatMap(({ id, held, offer }) =>
    offer && held.length > offer.capacity ? [`mentor ${id} holds ${held.length} of ${offer.capacity} places`] : [],
  );

/** 2. One live request and one open dialogue as mentee a person, one live proposal a request. */
export const onlyOne: Check = (world) => {
  const live = [...world.requests.values()].filter(({ status }) => isOneOf(liveRequestStatuses, status));
  const planned = [...world.meetings.values()].filter(({ status }) => isOneOf(['suggested', 'agreed'], status));
  return [
    ...more(live, ({ memberId }) => memberId).map((id) => `${id} has two live requests`),
    ...more(openOnes(world), ({ menteeId }) => menteeId).map((id) => `${id} has two dialogues as mentee`),
    ...more(liveOnes(world), ({ requestId }) => requestId).map((id) => `request ${id} has two live proposals`),
    ...more(planned, ({ dialogueId }) => dialogueId).map((id) => `dialogue ${id} has two planned meetings`),
  ];
};

/** 3. Nobody is proposed to somebody who is tied to them. tiedSince: when a pair's tie came to be known, by both ids. */
export function ties(world: World, tiedSince: (one: string, other: string) => Date | undefined): string[] {
  return [...world.proposals.values()].flatMap(({ id, menteeId, mentorId, runKey }) => {
    const [mentee, mentor] = [world.members.get(menteeId), world.members.get(mentorId)];
    const tie = mentee && mentor && tieBetween(mentee, mentor);
    const began = world.runsBegan.get(runKey);
    if (!tie || !began) return [];
    // A tie declared while a run was under way ends the proposal at its answer; the next run knows it.
    const since = tie === 'avoid' ? tiedSince(menteeId, mentorId) : new Date(0);
    return since && since < began ? [`proposal ${id} is of a tied pair (${tie})`] : [];
  });
}

/** 4. Whatever lives waits for something, and nothing is forgotten. */
export const waiting: Check = (world) => {
  const { members, requests, meetings, now } = world;
  const ending = [...members.values()].filter(({ status }: KeptMember) => isOneOf(['draft', 'withdrawn'], status));
  const planned = [...meetings.values()].filter(({ status }) => isOneOf(['suggested', 'agreed'], status));
  const open = [...requests.values()].filter(({ status }) => status === 'open');
  const lives = [...liveOnes(world), ...openOnes(world), ...ending, ...planned];
  const latest = now.getTime() - forgottenMs;
  return [
    ...[...lives, ...open].filter(({ due }) => !due).map(({ id, status }) => `${id} (${status}) waits for nothing`),
    ...[...lives, ...open, ...members.values()].flatMap(({ id, status, due }) =>
      due && due.at.getTime() < latest ? [`${id} (${status}) was due at ${due.at.toISOString()}: ${due.step}`] : [],
    ),
    ...[...world.proposals.values()].flatMap(({ id, unsettled }) => (unsettled ? [`${id} is not settled`] : [])),
  ];
};

/** What belongs together stands together. */
export const consistent: Check = (world) => {
  const { requests, proposals, dialogues } = world;
  return [...requests.values()].flatMap(({ id, status, proposalId = '' }) => {
    const [proposal, dialogue] = [proposals.get(proposalId), dialogues.get(proposalId)];
    const isSound =
      status === 'proposed' ? proposal && isLive(proposal) : status === 'matched' ? dialogue && isOpen(dialogue) : true;
    return isSound ? [] : [`request ${id} is ${status} by ${proposalId}, which does not live`];
  });
};

/** Nobody is left without the letter that the state owes them; letters of those who left, and old ones, are erased. */
export const letters: Check = (world) => {
  const { proposals, dialogues, members, notices, now } = world;
  const since = now.getTime() - keptDays * 86_400_000;
  const owed = (kind: string, pair: Proposal | Dialogue): string[] =>
    ('sentAt' in pair ? pair.sentAt : pair.introducedAt).getTime() < since
      ? []
      : [pair.menteeId, pair.mentorId]
          .filter((memberId) => members.get(memberId)?.status === 'active')
          .map((memberId) => `${kind}:${pair.id}:${memberId}`);
  const keys = [
    ...liveOnes(world).flatMap((proposal) => owed('proposal_sent', proposal)),
    ...[...proposals.values()]
      .filter(({ status }) => status === 'lapsed')
      .flatMap((proposal) => owed('proposal_lapsed', proposal)),
    ...[...dialogues.values()].flatMap((dialogue) => owed('dialogue_introduced', dialogue)),
  ];
  return keys.filter((key) => !notices.has(key)).map((key) => `nobody wrote ${key}`);
};
