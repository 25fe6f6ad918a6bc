// A platform connected by hand.
import { LtiError } from '../../../../lti/index.ts';
import { readForm } from '../../forms/form.ts';
import { page, seeOther } from '../../visit.ts';
import { platformForm } from '../forms.ts';
import { presentNewPlatform } from '../present/new-platform.ts';
import type { AdminHandler } from '../visit.ts';

export const showNewPlatform: AdminHandler = (visit) => page('admin-new-platform', presentNewPlatform(visit));

export const postPlatform: AdminHandler = async (visit) => {
  const form = readForm(platformForm(visit), visit.body);
  if (!form.ok) return page('admin-new-platform', presentNewPlatform(visit, form), 422);
  try {
    const { id } = await visit.administration.addPlatform(form.values);
    visit.note('connected', id);
  } catch (error) {
    if (!(error instanceof LtiError) || error.code !== 'registration_exists') throw error;
    const problems = [{ field: 'issuer', message: 'admin-form:exists' }];
    return page('admin-new-platform', presentNewPlatform(visit, { raw: form.raw, problems }), error.status);
  }
  return seeOther('/admin', 'connected');
};
