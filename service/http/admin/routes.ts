// Every way in for platform administrators: one line per route, under /admin. All but /enter need their session.
import type { AuditAct, AuditEntry } from '../../domain/audit.ts';
import { postCoordinator, postRevoke, showCoordinators } from './handlers/coordinators.ts';
import { postExclude, postExclusionLift, postExclusionRefuse, showExclusions } from './handlers/exclusions.ts';
import { postInvite, showInvites } from './handlers/invites.ts';
import { showJobs } from './handlers/jobs.ts';
import { postRotate, showKeys } from './handlers/keys.ts';
import { postPlatform, showNewPlatform } from './handlers/new-platform.ts';
import { postAdmit, postReject, showPlatform } from './handlers/platform.ts';
import { postActivate, postApprove, postDeactivate, showPlatforms } from './handlers/platforms.ts';
import { postLanguage, postLeave } from './handlers/session.ts';
import { showSheet } from './handlers/sheet.ts';
import { appointmentAsked, exclusionAsked, labAsked, officeAsked, platformAsked } from './traces.ts';
import { showTrail } from './handlers/trail.ts';
import type { AdminHandler, AdminVisit } from './visit.ts';

/** What the trail says of a form beside what it is. */
export type AdminTraced = Pick<AuditEntry, 'object' | 'subject' | 'reason'>;

/** A form is an act of administration: it leaves its trace before its handler is called. */
export type AdminRoute = {
  readonly path: string;
  readonly handle: AdminHandler;
} & (
  | { readonly method: 'get' }
  | {
      readonly method: 'post';
      readonly act: AuditAct;
      /** To what or whom it is done, for the trace. */
      readonly about?: (visit: AdminVisit) => AdminTraced | Promise<AdminTraced>;
    }
);

export const adminRoutes: readonly AdminRoute[] = [
  { method: 'get', path: '/', handle: showPlatforms },
  {
    method: 'post',
    path: '/platforms/:id/activate',
    handle: postActivate,
    act: 'platform_activated',
    about: platformAsked,
  },
  {
    method: 'post',
    path: '/platforms/:id/deactivate',
    handle: postDeactivate,
    act: 'platform_deactivated',
    about: platformAsked,
  },
  {
    method: 'post',
    path: '/platforms/:id/approve',
    handle: postApprove,
    act: 'deployment_approved',
    about: platformAsked,
  },
  { method: 'get', path: '/invites', handle: showInvites },
  { method: 'post', path: '/invites', handle: postInvite, act: 'invite_made', about: labAsked },
  { method: 'get', path: '/platforms/new', handle: showNewPlatform },
  { method: 'post', path: '/platforms', handle: postPlatform, act: 'platform_added', about: labAsked },
  { method: 'get', path: '/platforms/:id', handle: showPlatform },
  { method: 'post', path: '/platforms/:id/admit', handle: postAdmit, act: 'platform_approved', about: platformAsked },
  {
    method: 'post',
    path: '/platforms/:id/reject',
    handle: postReject,
    act: 'platform_rejected',
    about: platformAsked,
  },
  { method: 'get', path: '/sheet', handle: showSheet },
  { method: 'get', path: '/keys', handle: showKeys },
  { method: 'post', path: '/keys/rotate', handle: postRotate, act: 'keys_rotated' },
  { method: 'get', path: '/jobs', handle: showJobs },
  { method: 'get', path: '/coordinators', handle: showCoordinators },
  {
    method: 'post',
    path: '/coordinators',
    handle: postCoordinator,
    act: 'coordinator_invited',
    about: officeAsked,
  },
  {
    method: 'post',
    path: '/coordinators/:id/revoke',
    handle: postRevoke,
    act: 'coordinator_revoked',
    about: appointmentAsked,
  },
  { method: 'get', path: '/exclusions', handle: showExclusions },
  {
    method: 'post',
    path: '/exclusions/:id/exclude',
    handle: postExclude,
    act: 'exclusion_made',
    about: exclusionAsked,
  },
  {
    method: 'post',
    path: '/exclusions/:id/refuse',
    handle: postExclusionRefuse,
    act: 'exclusion_refused',
    about: exclusionAsked,
  },
  {
    method: 'post',
    path: '/exclusions/:id/lift',
    handle: postExclusionLift,
    act: 'exclusion_lifted',
    about: exclusionAsked,
  },
  { method: 'get', path: '/trail', handle: showTrail },
  { method: 'post', path: '/language', handle: postLanguage, act: 'admin_language_chosen' },
  { method: 'post', path: '/leave', handle: postLeave, act: 'admin_left' },
];
