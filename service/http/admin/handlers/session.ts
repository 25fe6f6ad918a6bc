// The language of an administrator's session, and its end.
import { z } from 'zod';
import { locales } from '../../../domain/terms.ts';
import { readForm } from '../../forms/form.ts';
import { seeOther } from '../../visit.ts';
import { places } from '../frame.ts';
import type { AdminHandler } from '../visit.ts';

const languageForm = z.strictObject({ locale: z.enum(locales), back: z.string() });

export const postLanguage: AdminHandler = async (visit) => {
  const form = readForm(languageForm, visit.body);
  if (!form.ok) return seeOther('/admin');
  await visit.speak(form.values.locale);
  return seeOther(places.find(({ href }) => href === form.values.back)?.href ?? '/admin');
};

export const postLeave: AdminHandler = async ({ t, leave }) => {
  await leave();
  const model = { heading: t('admin:left.heading'), text: t('admin:left.text'), how: true, back: false, reference: '' };
  return { page: 'admin-closed', model, status: 200, bare: true };
};
