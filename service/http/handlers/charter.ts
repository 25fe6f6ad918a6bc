// The charter: shown to anybody who came in, signed by whoever agrees.
import { MentoringError } from '../../domain/errors.ts';
import { signCharter } from '../../usecases/sign-charter.ts';
import { charterForm } from '../forms/charter.ts';
import { readForm } from '../forms/form.ts';
import { presentCharter } from '../present/charter.ts';
import { type Handler, page, seeOther } from '../visit.ts';
import { noMoreCodes } from './save-form.ts';

export const showCharter: Handler = (visit) => page('charter', presentCharter(visit));

export const postCharter: Handler = async (visit) => {
  const form = readForm(charterForm, visit.body);
  if (!form.ok) return page('charter', presentCharter(visit, form), 422);
  const { name, email, version } = form.values;
  const { session, locale, ports } = visit;
  const { emailHash, nameMark } = session.data;
  const signature = {
    personKey: session.person,
    labId: session.tenant,
    locale,
    version,
    name,
    email,
    ...(emailHash === undefined ? {} : { platformEmailHash: emailHash }),
    ...(nameMark === undefined ? {} : { platformNameMark: nameMark }),
  };
  try {
    const member = await signCharter(ports, signature);
    return member.status === 'draft' ? seeOther('/profile', 'charter') : seeOther('/', 'charter');
  } catch (error) {
    if (!(error instanceof MentoringError) || error.code !== 'codes_sent') throw error;
    return page('charter', presentCharter(visit, { ...form, problems: [noMoreCodes] }), 422);
  }
};
