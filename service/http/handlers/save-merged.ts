// A form that carries what it was shown with, sent back: what others saved meanwhile is kept, and only what both changed is shown
// with both texts.
import type { z } from 'zod';
import { toLocal } from '../../domain/calendar.ts';
import { MentoringError } from '../../domain/errors.ts';
import { mergeForms, storedForm, type MentoringForm } from '../../usecases/save-mentoring.ts';
import { readForm, type Raw } from '../forms/form.ts';
import { splitBase } from '../forms/base.ts';
import type { MergedForm } from '../present/merged.ts';
import { storedPart } from '../present/mentor.ts';
import type { PageReply, ParticipantVisit, Reply } from '../visit.ts';

interface Form {
  readonly schema: z.ZodType<MentoringForm>;
  /** For the form as it was shown. */
  readonly shown: z.ZodType<MentoringForm>;
  readonly raw: (form: MentoringForm) => Raw;
  readonly show: (visit: ParticipantVisit, filled: MergedForm, status: number) => PageReply;
  readonly save: (form: MentoringForm, base: MentoringForm | undefined) => Promise<Reply>;
}

export async function saveMerged(visit: ParticipantVisit, { schema, shown, raw, show, save }: Form): Promise<Reply> {
  const { body, base: sent } = splitBase(visit.body);
  const form = readForm(schema, body);
  const read = sent === undefined ? undefined : readForm(shown, sent);
  const base = read?.ok ? read.values : undefined;
  if (sent === null || read?.ok === false) {
    return show(visit, { raw: form.raw, problems: [{ field: '', message: 'forms:unreadable' }] }, 422);
  }
  if (!form.ok) return show(visit, { ...form, ...(read?.ok && { base: read.raw }) }, 422);
  try {
    return await save(form.values, base);
  } catch (error) {
    if (!(error instanceof MentoringError) || error.code !== 'overtaken') throw error;
    const { id } = visit.member;
    const member = (await visit.ports.members.find(id)) ?? visit.member;
    const now = { ...visit, member, profile: member.profile ?? visit.profile };
    const stored = storedForm(member, toLocal(visit.ports.clock.now(), visit.lab.calendar.zone).date);
    const { value, conflicts } = mergeForms(form.values, base, stored);
    const overtaken = conflicts.map((part) => storedPart(now, part));
    return show(now, { raw: raw(value), problems: [], base: raw(stored), overtaken }, 409);
  }
}
