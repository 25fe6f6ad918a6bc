// A form that was overtaken: what is stored now stands beside what was typed, and nothing of either is lost.
import type { EditedArea, Member } from '../../domain/member.ts';
import { editsOf } from '../../usecases/edit-member.ts';
import type { Filled } from './fields.ts';
import type { Row } from './words.ts';

/** What a form page is told beside what was typed. */
export interface Retold extends Filled {
  /** Of the page on which it was typed. */
  readonly seen?: number | undefined;
  readonly isOvertaken?: boolean;
}

/** The hidden field of a form, and what is stored where it was overtaken. */
export function presentAge(
  member: Member,
  area: EditedArea,
  { filled, stored }: { readonly filled: Retold | undefined; readonly stored: () => readonly Row[] },
): { readonly seen: string; readonly overtaken: readonly Row[] | false } {
  const isOvertaken = filled?.isOvertaken === true;
  const seen = isOvertaken ? undefined : filled?.seen;
  return { seen: String(seen ?? editsOf(member, area)), overtaken: isOvertaken && stored() };
}
