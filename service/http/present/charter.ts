// The charter for the page: its form, or when it was signed.
import { charterVersion, isCurrent } from '../../domain/charter.ts';
import { linesFor } from './retention.ts';
import type { Visit } from '../visit.ts';
import { lastEmail } from '../../domain/own-address.ts';
import { fieldsOf, type Filled } from './fields.ts';
import { told } from './words.ts';

/** The charter, and the form to sign it unless this version is signed already. */
export function presentCharter(visit: Visit, filled?: Filled): object {
  const { member, t } = visit;
  const stored = member ? { name: member.name, email: lastEmail(member) } : {};
  const fields = fieldsOf(t, filled ?? { raw: stored, problems: [] });
  const signed = isCurrent(member?.charter);
  return {
    version: charterVersion,
    signed,
    signedOn: signed && member ? t('charter:signed', { date: told(visit, member.charter.signedAt, 'date') }) : '',
    renewal: member !== undefined && !signed,
    retention: linesFor(t),
    summary: fields.summary(),
    name: fields.text('name'),
    email: fields.text('email'),
    agree: fields.box('agree'),
  };
}
