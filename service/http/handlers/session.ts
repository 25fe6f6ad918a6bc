// The language of this session and of a member's mails; the end of this session, and of others of the same person.
import { chooseLanguage } from '../../usecases/choose-language.ts';
import { readForm } from '../forms/form.ts';
import { languageForm } from '../forms/meeting.ts';
import { endSessionForm, endSessionsForm, ownTabForm } from '../forms/session.ts';
import { type Handler, page, seeOther } from '../visit.ts';

export const postLanguage: Handler = async (visit) => {
  const form = readForm(languageForm, visit.body);
  if (!form.ok) return seeOther('/');
  const { locale, back } = form.values;
  await visit.door.remember({ locale });
  if (visit.member) await chooseLanguage(visit.ports, { memberId: visit.member.id, locale });
  return seeOther(back);
};

/** The page in the frame asks once more: only what is pressed there may open a tab. */
export const postOwnTab: Handler = async (visit) => {
  const form = readForm(ownTabForm, visit.body);
  const { back } = form.ok ? form.values : { back: '/' };
  return page('own-tab', { ticket: await visit.door.offerTab(), back });
};

export const postLogOut: Handler = async (visit) => {
  await visit.door.logOut();
  return { ...page('logged-out', {}), bare: true };
};

/** One of the person's own; one that is over already needs no ending. */
export const postSessionEnd: Handler = async (visit) => {
  const form = readForm(endSessionForm, visit.body);
  if (!form.ok) return seeOther('/my-data');
  const { session: handle } = form.values;
  const isThis = (await visit.door.openSessions()).some((one) => one.isThis && one.handle === handle);
  if (isThis) return postLogOut(visit);
  await visit.door.endOne(handle);
  return seeOther('/my-data', 'session_ended');
};

export const postSessionsEnd: Handler = async (visit) => {
  const form = readForm(endSessionsForm, visit.body);
  if (!form.ok) return seeOther('/my-data');
  if (form.values.which === 'others') {
    await visit.door.endOthers();
    return seeOther('/my-data', 'sessions_ended');
  }
  await visit.door.endAll();
  return { ...page('logged-out', {}), bare: true };
};
