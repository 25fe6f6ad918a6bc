import type { Condition, WhyNot } from '../domain/matching/index.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import { liveCell } from '../domain/report/live.ts';
import { isDescribed, marksSince, menteeOf, mentorOf, todayOf } from './load-match-input.ts';
import { rulesInForce } from './match-rules.ts';
import type { MentorSource, Ports } from './ports.ts';

/** What may stand between a request and a mentor. other: ties of any kind, pauses, earlier proposals, never told apart. */
export const obstacles = [
  'no_place',
  'language',
  'topic',
  'format',
  'modality',
  'availability',
  'lab',
  'floor',
  'other',
] as const;
export type Obstacle = (typeof obstacles)[number];

export interface RequestView {
  readonly request: MentoringRequest;
  /** "At least" so many mentors could fit now; absent below five, or while nobody has counted yet. */
  readonly fitting?: number;
  /** For how many mentors, at least, each of these is in the way, most first; those below five are left out. */
  readonly whyNot?: readonly { readonly obstacle: Obstacle; readonly mentors: number }[];
}

/** The member's live request; while it is open, how it stands among the mentors of some minutes ago. */
export async function viewRequest(ports: Ports, { memberId }: { memberId: string }): Promise<RequestView | undefined> {
  const request = await ports.requests.findLive(memberId);
  if (request?.status !== 'open') return request && { request };
  const member = (await ports.members.listParticipants([memberId])).find(isDescribed);
  if (!member) return { request };
  const question = { mentee: menteeOf(request, member), rules: await rulesInForce(ports) };
  const answer = await ports.mentorPool.ask(question, sourceOf(ports, memberId));
  if (!answer) return { request };
  const fitting = liveCell(answer.feasible);
  return { request, ...(fitting.shown && { fitting: fitting.count }), whyNot: summaryOf(answer) };
}

function sourceOf(ports: Ports, memberId: string): MentorSource {
  return {
    async *mentors() {
      for await (const chunk of ports.members.readMentors('all')) {
        yield chunk.flatMap((mentor) => mentorOf(mentor, todayOf(ports, mentor)));
      }
    },
    async proposedBefore(mentorIds) {
      const marks = await ports.pairMarks.among([memberId], mentorIds, marksSince(ports));
      return marks.map(([one, other]) => ({ one, other }));
    },
  };
}

/** In steps and from five on, so that no single mentor's tie, pause or list can be read from a difference. */
function summaryOf({ excluded }: WhyNot): NonNullable<RequestView['whyNot']> {
  const isTold = (condition: Condition): condition is Condition & Obstacle =>
    obstacles.some((one) => one === condition);
  const counts = new Map<Obstacle, number>();
  for (const [name, count] of Object.entries(excluded)) {
    const condition = name as Condition;
    const obstacle = isTold(condition) ? condition : 'other';
    counts.set(obstacle, (counts.get(obstacle) ?? 0) + count);
  }
  return [...counts]
    .flatMap(([obstacle, count]) => {
      const cell = liveCell(count);
      return cell.shown ? [{ obstacle, mentors: cell.count }] : [];
    })
    .sort((one, other) => other.mentors - one.mentors);
}
