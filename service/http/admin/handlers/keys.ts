// The tool's own keys: seen, and changed before their time.
import { LtiError } from '../../../../lti/index.ts';
import { page, seeOther } from '../../visit.ts';
import { presentKeys } from '../present/keys.ts';
import type { AdminHandler } from '../visit.ts';

export const showKeys: AdminHandler = async (visit) => page('admin-keys', presentKeys(visit, await visit.keys.state()));

export const postRotate: AdminHandler = async (visit) => {
  try {
    await visit.keys.rotate();
  } catch (error) {
    if (!(error instanceof LtiError) || error.code !== 'rotation_too_soon') throw error;
    return page('admin-keys', presentKeys(visit, await visit.keys.state(), 'too_soon'), error.status);
  }
  visit.note('rotated');
  return seeOther('/admin/keys', 'rotated');
};
