// A form that shows what is stored, sent back: saved, or shown again where something is to be put right, or where it was
// saved from another page meanwhile.
import type { z } from 'zod';
import { MentoringError, type MentoringErrorCode } from '../../domain/errors.ts';
import { type Problem, readForm } from '../forms/form.ts';
import { splitSeen } from '../forms/seen.ts';
import type { Retold } from '../present/overtaken.ts';
import type { MemberVisit, PageReply, Reply } from '../visit.ts';

/** An address was changed, and its code cannot be sent today. */
export const noMoreCodes = { field: 'email', message: 'forms:codes_sent' } as const;

/** What a form could not save today, told where it was typed. */
const atField: Partial<Record<MentoringErrorCode, Problem>> = {
  codes_sent: noMoreCodes,
  ties_changed: { field: 'avoid', message: 'forms:ties_changed' },
};

interface Form<V, S extends z.ZodType> {
  readonly schema: S;
  readonly show: (visit: V, filled: Retold, status: number) => PageReply;
  /** seen: how often the form's area had been saved when it was shown. */
  readonly save: (values: z.output<S>, seen: number | undefined) => Promise<Reply>;
}

export async function saveForm<V extends MemberVisit, S extends z.ZodType>(
  visit: V,
  { schema, show, save }: Form<V, S>,
): Promise<Reply> {
  const { body, seen } = splitSeen(visit.body);
  const form = readForm(schema, body);
  if (!form.ok) return show(visit, { ...form, seen }, 422);
  try {
    return await save(form.values, seen);
  } catch (error) {
    if (!(error instanceof MentoringError)) throw error;
    const problem = atField[error.code];
    if (problem) return show(visit, { ...form, problems: [problem], seen }, 422);
    if (error.code !== 'overtaken') throw error;
    const { id, profile } = visit.member;
    const member = (await visit.ports.members.find(id)) ?? visit.member;
    const now = { ...visit, member, profile: member.profile ?? profile };
    return show(now, { raw: form.raw, problems: [], isOvertaken: true }, 409);
  }
}
