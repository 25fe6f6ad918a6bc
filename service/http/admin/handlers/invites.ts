// One-time links that let a lab's administrator connect its platform. A link is shown once, by the answer to the form.
import { readForm } from '../../forms/form.ts';
import { page } from '../../visit.ts';
import { inviteForm } from '../forms.ts';
import { presentInvites } from '../present/invites.ts';
import type { AdminHandler } from '../visit.ts';

export const showInvites: AdminHandler = async (visit) =>
  page('admin-invites', presentInvites(visit, { invites: await visit.administration.listInvites() }));

export const postInvite: AdminHandler = async (visit) => {
  const { administration, labs, note } = visit;
  const form = readForm(inviteForm(labs), visit.body);
  if (!form.ok) {
    return page('admin-invites', presentInvites(visit, { invites: await administration.listInvites(), form }), 422);
  }
  const { lab } = form.values;
  const created = await administration.createInvite(lab);
  note('invited');
  const invites = await administration.listInvites();
  return page('admin-invites', presentInvites(visit, { invites, created: { ...created, lab } }), 201);
};
