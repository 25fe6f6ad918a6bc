// Every way in for platform administrators: one line per route, under /admin. All but /enter need their session.
import { postInvite, showInvites } from './handlers/invites.ts';
import { showJobs } from './handlers/jobs.ts';
import { postRotate, showKeys } from './handlers/keys.ts';
import { postPlatform, showNewPlatform } from './handlers/new-platform.ts';
import { postAdmit, postReject, showPlatform } from './handlers/platform.ts';
import { postActivate, postApprove, postDeactivate, showPlatforms } from './handlers/platforms.ts';
import { postLanguage, postLeave } from './handlers/session.ts';
import { showSheet } from './handlers/sheet.ts';
import type { AdminHandler } from './visit.ts';

export interface AdminRoute {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly handle: AdminHandler;
}

export const adminRoutes: readonly AdminRoute[] = [
  { method: 'get', path: '/', handle: showPlatforms },
  { method: 'post', path: '/platforms/:id/activate', handle: postActivate },
  { method: 'post', path: '/platforms/:id/deactivate', handle: postDeactivate },
  { method: 'post', path: '/platforms/:id/approve', handle: postApprove },
  { method: 'get', path: '/invites', handle: showInvites },
  { method: 'post', path: '/invites', handle: postInvite },
  { method: 'get', path: '/platforms/new', handle: showNewPlatform },
  { method: 'post', path: '/platforms', handle: postPlatform },
  { method: 'get', path: '/platforms/:id', handle: showPlatform },
  { method: 'post', path: '/platforms/:id/admit', handle: postAdmit },
  { method: 'post', path: '/platforms/:id/reject', handle: postReject },
  { method: 'get', path: '/sheet', handle: showSheet },
  { method: 'get', path: '/keys', handle: showKeys },
  { method: 'post', path: '/keys/rotate', handle: postRotate },
  { method: 'get', path: '/jobs', handle: showJobs },
  { method: 'post', path: '/language', handle: postLanguage },
  { method: 'post', path: '/leave', handle: postLeave },
];
