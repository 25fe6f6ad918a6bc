// The sessions that a person has open: from which platform, since when, and which one this is.
import type { OpenSession } from '../../../lti/index.ts';
import type { Visit } from '../visit.ts';
import { told } from './words.ts';

export function presentSessions(visit: Visit, sessions: readonly OpenSession[]): object {
  const { t } = visit;
  return {
    hasOthers: sessions.some(({ isThis }) => !isThis),
    open: sessions.map(({ handle, platform, since, isThis }, index) => ({
      handle,
      id: `session-${index}`,
      what: t(`my-data:sessions.${isThis ? 'this' : 'other'}`, { platform, date: told(visit, since, 'moment') }),
    })),
  };
}
