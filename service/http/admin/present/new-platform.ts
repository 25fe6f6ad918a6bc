// The form that connects a platform by hand, for an administrator and for the holder of an invitation.
import type { Sentence } from '../../../../views/index.ts';
import { type Fields, fieldsOf, type Filled } from '../../present/fields.ts';
import type { AdminVisit } from '../visit.ts';
import { labItems } from './words.ts';

const names = [
  'name',
  'issuer',
  'clientId',
  'deploymentId',
  'authorizationUrl',
  'keysetUrl',
  'tokenUrl',
  'tokenAudience',
  'frameOrigins',
] as const;

/** All but the lab, by their names. */
export function platformFieldViews(t: Sentence, filled: Filled): { fields: Fields; views: Record<string, object> } {
  const fields = fieldsOf(t, filled);
  return { fields, views: Object.fromEntries(names.map((name) => [name, fields.text(name)])) };
}

export function presentNewPlatform(visit: AdminVisit, filled: Filled = { raw: {}, problems: [] }): object {
  const { t } = visit;
  const { fields, views } = platformFieldViews(t, filled);
  const lab = fields.text('lab');
  return {
    heading: t('admin-form:heading'),
    summary: fields.summary(),
    form: { ...views, lab: { ...lab, items: labItems(visit, lab.value), groups: [] } },
  };
}
