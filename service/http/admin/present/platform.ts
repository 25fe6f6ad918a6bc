// What an administrator looks at before a platform is let in: what it says, its hosts, its keys, and whom it resembles.
import type { PlatformReview } from '../../../../lti/index.ts';
import type { AdminVisit } from '../visit.ts';
import { labName, told } from './words.ts';

interface Seen {
  readonly review: PlatformReview;
  /** Why it could not be let in; empty before that was tried. */
  readonly problem: string;
}

const mostKeys = 20;

function presentAddresses({ t }: AdminVisit, { addresses }: PlatformReview): object[] {
  return addresses.map(({ of, url, host }) => ({ label: t(`admin-platform:address.${of}`), host, url }));
}

function presentKeys({ t }: AdminVisit, { keys }: PlatformReview): object {
  if ('problem' in keys) return { problem: t('admin-platform:keys.problem', { code: keys.problem }), rows: [] };
  return {
    problem: keys.length === 0 ? t('admin-platform:keys.none') : '',
    rows: keys.slice(0, mostKeys).map(({ kid, thumbprint }) => ({ label: kid, value: thumbprint })),
  };
}

function presentCollisions(visit: AdminVisit, { registration, collisions }: PlatformReview): string[] {
  const { t, coordinatorIssuers } = visit;
  const others = collisions.map(({ likeness, registration: other, hosts }) =>
    t(`admin-platform:likeness.${likeness}`, {
      name: other.name,
      lab: labName(visit, other.tenant ?? other.deployments.find(({ tenant }) => tenant !== undefined)?.tenant ?? '–'),
      state: t(`admin-platform:other.${other.awaitsApproval === true ? 'waits' : 'known'}`),
      hosts: hosts.join(', '),
    }),
  );
  return coordinatorIssuers.includes(registration.issuer)
    ? [t('admin-platform:likeness.coordinator'), ...others]
    : others;
}

export function presentPlatform(visit: AdminVisit, { review, problem }: Seen): object {
  const { t } = visit;
  const { id, name, issuer, clientId, deployments, source, createdAt } = review.registration;
  return {
    heading: t('admin-platform:heading', { name }),
    problem,
    rows: [
      { label: t('admin-platform:row.lab'), value: labName(visit, review.tenant ?? '–') },
      { label: t('admin-platforms:row.issuer'), value: issuer },
      { label: t('admin-platforms:row.client_id'), value: clientId },
      { label: t('admin-platform:row.deployments'), value: deployments.map((one) => one.id).join(', ') || '–' },
      {
        label: t('admin-platform:row.since'),
        value: `${told(visit, createdAt, 'moment')} – ${t(`admin-platforms:source.${source}`)}`,
      },
    ],
    addresses: presentAddresses(visit, review),
    keys: presentKeys(visit, review),
    collisions: presentCollisions(visit, review),
    action: `/admin/platforms/${id}`,
  };
}
