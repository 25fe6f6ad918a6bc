// One platform that waits for approval: looked at, let in, or sent away.
import { LtiError } from '../../../../lti/index.ts';
import { MentoringError } from '../../../domain/errors.ts';
import { readForm } from '../../forms/form.ts';
import { page, type Reply, seeOther } from '../../visit.ts';
import { admissionForm } from '../forms.ts';
import { presentPlatform } from '../present/platform.ts';
import type { AdminHandler, AdminVisit } from '../visit.ts';

async function view(visit: AdminVisit, problem = ''): Promise<Reply> {
  const review = await visit.administration.reviewPlatform(visit.params['id'] ?? '');
  // What is let in has its place in the list.
  if (review.registration.awaitsApproval !== true) return seeOther('/admin');
  return page('admin-platform', presentPlatform(visit, { review, problem }), problem === '' ? 200 : 409);
}

export const showPlatform: AdminHandler = (visit) => view(visit);

export const postAdmit: AdminHandler = async (visit) => {
  const id = visit.params['id'] ?? '';
  const form = readForm(admissionForm, visit.body);
  if (!form.ok) throw new MentoringError('not_found');
  try {
    await visit.administration.approvePlatform(id, form.values);
  } catch (error) {
    if (!(error instanceof LtiError) || error.code !== 'registration_exists') throw error;
    return view(visit, visit.t('admin-platform:exists'));
  }
  visit.note('admitted', id);
  return seeOther('/admin', 'admitted');
};

export const postReject: AdminHandler = async (visit) => {
  const id = visit.params['id'] ?? '';
  await visit.administration.rejectPlatform(id);
  visit.note('rejected', id);
  return seeOther('/admin', 'rejected');
};
