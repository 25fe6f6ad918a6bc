// The language of this session and of a member's mails, and the session's end.
import { chooseLanguage } from '../../usecases/choose-language.ts';
import { readForm } from '../forms/form.ts';
import { languageForm } from '../forms/meeting.ts';
import { type Handler, page, seeOther } from '../visit.ts';

export const postLanguage: Handler = async (visit) => {
  const form = readForm(languageForm, visit.body);
  if (!form.ok) return seeOther('/');
  const { locale, back } = form.values;
  await visit.door.remember({ locale });
  if (visit.member) await chooseLanguage(visit.ports, { memberId: visit.member.id, locale });
  return seeOther(back);
};

export const postLogOut: Handler = async (visit) => {
  await visit.door.logOut();
  return { ...page('logged-out', {}), bare: true };
};
