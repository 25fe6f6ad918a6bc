// The platforms: seen, switched on and off, and their waiting deployments given to a lab.
import { MentoringError } from '../../../domain/errors.ts';
import { readForm } from '../../forms/form.ts';
import { page, type Reply, seeOther } from '../../visit.ts';
import { approvalForm } from '../forms.ts';
import { presentPlatforms } from '../present/platforms.ts';
import type { AdminHandler, AdminVisit } from '../visit.ts';

async function view(visit: AdminVisit, wrong?: { platform: string; deployment: string }): Promise<Reply> {
  const [platforms, keys] = [await visit.administration.listPlatforms(), await visit.keys.state()];
  return page('admin-platforms', presentPlatforms(visit, { platforms, keys, wrong }), wrong ? 422 : 200);
}

export const showPlatforms: AdminHandler = (visit) => view(visit);

function switchTo(active: boolean): AdminHandler {
  const deed = active ? 'activated' : 'deactivated';
  return async (visit) => {
    const id = visit.params['id'] ?? '';
    await visit.administration.setActive(id, active);
    visit.note(deed, id);
    return seeOther('/admin', deed);
  };
}

export const postActivate = switchTo(true);
export const postDeactivate = switchTo(false);

export const postApprove: AdminHandler = async (visit) => {
  const id = visit.params['id'] ?? '';
  const form = readForm(approvalForm(visit.labs), visit.body);
  const deployment = [form.raw['deployment']].flat()[0] ?? '';
  const platform = (await visit.administration.listPlatforms()).find(({ registration }) => registration.id === id);
  // Only what waits can be approved: a lab that was given once is not changed by an old page.
  if (!platform?.pendingDeployments.some((one) => one.id === deployment)) throw new MentoringError('not_found');
  if (!form.ok) return view(visit, { platform: id, deployment });
  await visit.administration.approveDeployment(id, deployment, form.values.lab);
  visit.note('approved', id);
  return seeOther('/admin', 'approved');
};
