// Invitations for their page: the new link, once; of the open ones only the lab and the dates.
import type { Invite } from '../../../../lti/index.ts';
import { fieldsOf, type Filled } from '../../present/fields.ts';
import type { AdminVisit } from '../visit.ts';
import { labItems, labName, told } from './words.ts';

interface Seen {
  readonly invites: readonly Invite[];
  readonly form?: Filled;
  readonly created?: { url: string; expiresAt: Date; lab: string };
}

export function presentInvites(visit: AdminVisit, { invites, form, created }: Seen): object {
  const { t, now } = visit;
  const fields = fieldsOf(t, form ?? { raw: {}, problems: [] });
  const open = invites.filter(({ usedAt, expiresAt }) => usedAt === undefined && expiresAt > now);
  return {
    heading: t('admin-invites:heading'),
    summary: fields.summary(),
    lab: { ...fields.text('lab'), items: labItems(visit, undefined), groups: [] },
    created: created && {
      url: created.url,
      text: t('admin-invites:created', {
        lab: labName(visit, created.lab),
        date: told(visit, created.expiresAt, 'day'),
      }),
    },
    open: open.map(({ tenant, createdAt, expiresAt }) => ({
      label: labName(visit, tenant),
      value: t('admin-invites:dates', {
        made: told(visit, createdAt, 'day'),
        until: told(visit, expiresAt, 'day'),
      }),
    })),
  };
}
