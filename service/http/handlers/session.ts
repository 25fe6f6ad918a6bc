// The language of this session, and its end.
import { readForm } from '../forms/form.ts';
import { languageForm } from '../forms/meeting.ts';
import { type Handler, page, seeOther } from '../visit.ts';

export const postLanguage: Handler = async (visit) => {
  const form = readForm(languageForm, visit.body);
  if (!form.ok) return seeOther('/');
  await visit.door.remember({ locale: form.values.locale });
  return seeOther(form.values.back);
};

export const postLogOut: Handler = async (visit) => {
  await visit.door.logOut();
  return { ...page('logged-out', {}), bare: true };
};
