// Counts the programme by lab, one column an indicator, each suppressed with its total.
import type { MembershipStatus } from '../member.ts';
import type { MentorOffer } from '../mentor-offer.ts';
import type { RequestStatus } from '../mentoring-request.ts';
import { indicators, type Indicator, type SnapshotRow } from './snapshot.ts';
import { hidden, suppressColumn, type Cell, type Tally } from './suppress.ts';

export interface CountedMember {
  readonly labId: string;
  readonly status: MembershipStatus;
  readonly offer?: Pick<MentorOffer, 'capacity'>;
  readonly held: number;
}

export interface CountedPair {
  readonly menteeId: string;
  readonly mentorId: string;
  readonly menteeLabId: string;
}

export interface Counted {
  readonly members: readonly CountedMember[];
  readonly requests: readonly { readonly labId: string; readonly status: RequestStatus }[];
  readonly proposals: readonly CountedPair[];
  readonly dialogues: readonly CountedPair[];
}

function tallyMembers(members: readonly CountedMember[], countOf: (member: CountedMember) => number): Tally {
  return { count: members.reduce((sum, member) => sum + countOf(member), 0), persons: members.length };
}

/** R5 on each side: the side with fewer distinct persons decides. */
function tallyPairs(pairs: readonly CountedPair[]): Tally {
  const sides = [pairs.map(({ menteeId }) => menteeId), pairs.map(({ mentorId }) => mentorId)];
  return { count: pairs.length, persons: Math.min(...sides.map((ids) => new Set(ids).size)) };
}

const capacityOf = ({ offer }: CountedMember): number => offer?.capacity ?? 0;
const freeOf = (mentor: CountedMember): number => Math.max(0, capacityOf(mentor) - mentor.held);

/** What an indicator counts. Pairs count for the mentee's lab, so that no pair counts twice in a total. */
function tally(indicator: Indicator, { members, requests, proposals, dialogues }: Counted): Tally {
  const active = members.filter(({ status }) => status === 'active');
  const mentors = active.filter(({ offer }) => offer);
  const waiting = requests.filter(({ status }) => status === 'open' || status === 'proposed');
  switch (indicator) {
    case 'members':
      return tallyMembers(active, () => 1);
    case 'mentors':
      return tallyMembers(mentors, () => 1);
    case 'places':
      return tallyMembers(mentors, capacityOf);
    case 'free_places':
      // A mentor whose places are all taken is nobody's free place.
      return tallyMembers(
        mentors.filter((mentor) => freeOf(mentor) > 0),
        freeOf,
      );
    case 'waiting':
      return { count: waiting.length, persons: waiting.length };
    case 'proposals':
      return tallyPairs(proposals);
    case 'dialogues':
      return tallyPairs(dialogues);
  }
}

function ofLab({ members, requests, proposals, dialogues }: Counted, labId: string): Counted {
  return {
    members: members.filter((member) => member.labId === labId),
    requests: requests.filter((request) => request.labId === labId),
    proposals: proposals.filter(({ menteeLabId }) => menteeLabId === labId),
    dialogues: dialogues.filter(({ menteeLabId }) => menteeLabId === labId),
  };
}

type Column = ReturnType<typeof suppressColumn>;

/** One row a lab and one of all ("all"), last; what must not be known is hidden. */
export function countProgramme(labIds: readonly string[], counted: Counted): SnapshotRow[] {
  const columns = new Map<Indicator, Column>();
  for (const indicator of indicators) {
    const tallies = labIds.map((labId) => tally(indicator, ofLab(counted, labId)));
    // Free places tell of some of the mentors: a lab hidden among these stays hidden among those.
    const within = indicator === 'free_places' ? (columns.get('mentors')?.cells ?? []) : [];
    columns.set(indicator, suppressColumn(tallies, tally(indicator, counted), { within }));
  }
  const rowOf = (labId: string, cellIn: (column: Column) => Cell | undefined): SnapshotRow => ({
    labId,
    cells: Object.fromEntries(
      [...columns].map(([indicator, column]) => [indicator, cellIn(column) ?? hidden]),
    ) as SnapshotRow['cells'],
  });
  return [
    ...labIds.map((labId, index) => rowOf(labId, ({ cells }) => cells[index])),
    rowOf('all', ({ total }) => total),
  ];
}
