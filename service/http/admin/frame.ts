// What surrounds an administration page: its own places, and what was just done.
import type { FrameView } from '../frame.ts';
import { bareFrame } from '../frame.ts';
import type { AdminVisit } from './visit.ts';

export const places = [
  { href: '/admin', label: 'platforms' },
  { href: '/admin/invites', label: 'invites' },
  { href: '/admin/platforms/new', label: 'new_platform' },
  { href: '/admin/coordinators', label: 'coordinators' },
  { href: '/admin/exclusions', label: 'exclusions' },
  { href: '/admin/sheet', label: 'sheet' },
  { href: '/admin/keys', label: 'keys' },
  { href: '/admin/jobs', label: 'jobs' },
  { href: '/admin/trail', label: 'trail' },
] as const;

/** What may be told after a form ("?done=..."): anything else in the address is ignored. */
const notices = [
  'entered',
  'activated',
  'deactivated',
  'approved',
  'admitted',
  'rejected',
  'connected',
  'rotated',
  'revoked',
  'excluded',
  'exclusion_refused',
  'exclusion_lifted',
] as const;

export function adminFrameOf({ t, path, query }: AdminVisit, heading: string): FrameView {
  const done = notices.find((notice) => notice === query['done']);
  return {
    ...bareFrame(`${heading} – ${t('admin:title')}`),
    links: places.map(({ href, label }) => ({ href, label: t(`admin:nav.${label}`), current: path === href })),
    notice: done === undefined ? '' : t(`admin:notice.${done}`),
  };
}
