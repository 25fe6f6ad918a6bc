// Forms of one person, in tabs or at once: each keeps what the others save, and none replaces what its reader has not seen.
import { isDeepStrictEqual } from 'node:util';
import { MentoringError } from '../domain/errors.ts';
import type { EditedArea, Member, MembershipStatus } from '../domain/member.ts';
import type { Change, Ports } from './ports.ts';

/**
 * What a form saves: its areas, and how often the first of them had been saved when the form was shown; not looked at when
 * absent.
 */
export interface Edit {
  readonly areas: readonly EditedArea[];
  readonly seen?: number | undefined;
  readonly from: readonly MembershipStatus[];
}

type MemberChange = Change<Omit<Member, 'id' | 'held' | 'edits'>>;

const mostTries = 20;

/**
 * Saves what `make` says of the member as they are, and again of what they have become meanwhile. undefined when the member
 * is in none of the states `from` any more.
 * read: the member, or what keeps them from acting. same: whether the form says what is stored already.
 * @throws MentoringError overtaken: the area was saved since it was shown, with something else
 */
export async function editMember(
  ports: Ports,
  { areas, seen, from }: Edit,
  form: {
    readonly read: () => Promise<Member>;
    readonly make: (member: Member) => MemberChange;
    readonly same?: (member: Member) => boolean;
  },
): Promise<Member | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const member = await form.read();
    const edits = member.edits ?? {};
    const [first] = areas;
    if (seen !== undefined && first !== undefined && seen !== editsOf(member, first)) {
      if (form.same?.(member)) return member;
      throw new MentoringError('overtaken');
    }
    if (!from.includes(member.status)) return undefined;
    const edited = Object.fromEntries(areas.map((area) => [area, editsOf(member, area) + 1]));
    const change = { ...form.make(member), edits: { ...edits, ...edited } };
    const saved = await ports.members.changeUnedited(member, from, change);
    if (saved) return saved;
  }
  throw new MentoringError('overtaken');
}

/** How often an area of somebody's record was saved. */
export function editsOf({ edits }: Pick<Member, 'edits'>, area: EditedArea): number {
  return edits?.[area] ?? 0;
}

export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}
