// The charter: shown to anybody who came in, signed by whoever agrees.
import { signCharter } from '../../usecases/sign-charter.ts';
import { charterForm } from '../forms/charter.ts';
import { readForm } from '../forms/form.ts';
import { presentCharter } from '../present/charter.ts';
import { type Handler, page, seeOther } from '../visit.ts';

export const showCharter: Handler = (visit) => page('charter', presentCharter(visit));

export const postCharter: Handler = async (visit) => {
  const form = readForm(charterForm, visit.body);
  if (!form.ok) return page('charter', presentCharter(visit, form), 422);
  const { name, email, version } = form.values;
  const { session, locale, ports } = visit;
  const { emailHash, nameMark } = session.data;
  const member = await signCharter(ports, {
    personKey: session.person,
    labId: session.tenant,
    locale,
    version,
    name,
    email,
    ...(emailHash === undefined ? {} : { platformEmailHash: emailHash }),
    ...(nameMark === undefined ? {} : { platformNameMark: nameMark }),
  });
  return member.status === 'draft' ? seeOther('/profile', 'charter') : seeOther('/', 'charter');
};
