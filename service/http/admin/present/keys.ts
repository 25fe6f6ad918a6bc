// The tool's own keys for their page: their use, their age, and when the next one signs.
import type { KeyState } from '../../../../lti/index.ts';
import type { AdminVisit } from '../visit.ts';
import { told } from './words.ts';

const dayMs = 86_400_000;

/** refused: the rotation that was just asked for came too soon. */
export function presentKeys(visit: AdminVisit, state: KeyState, refused?: 'too_soon'): object {
  const { t, now } = visit;
  const from = { date: told(visit, state.rotatableAt, 'moment') };
  return {
    heading: t('admin-keys:heading'),
    next: t('admin-keys:next', { date: told(visit, state.nextRotationAt, 'day') }),
    keys: state.keys.map(({ kid, use, createdAt }) => ({
      label: t(`admin-keys:use.${use}`),
      value: t('admin-keys:age', {
        kid,
        date: told(visit, createdAt, 'day'),
        count: Math.max(0, Math.floor((now.getTime() - createdAt.getTime()) / dayMs)),
      }),
    })),
    rotatable: state.rotatableAt <= now,
    later: t('admin-keys:later', from),
    summary: refused ? [{ href: '#rotate', text: t('admin-keys:too_soon', from) }] : [],
  };
}
