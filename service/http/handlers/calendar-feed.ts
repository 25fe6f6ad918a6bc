// The page where a person switches their calendar feed on, gives it a new address, or switches it off.
import { closeFeed } from '../../usecases/close-feed.ts';
import { openFeed } from '../../usecases/open-feed.ts';
import { type Handler, type MemberVisit, page, seeOther } from '../visit.ts';

export const showFeed: Handler<MemberVisit> = ({ member }) =>
  page('calendar-feed', { isOn: member.feedHash !== undefined, isRead: member.feedReadAt !== undefined, address: '' });

/** Shown in the answer itself, and nowhere after it: what is kept does not give the address back. */
export const postFeed: Handler<MemberVisit> = async ({ ports, member, baseUrl }) => {
  const token = await openFeed(ports, { memberId: member.id });
  return page('calendar-feed', { isOn: true, isRead: false, address: `${baseUrl}/calendar/${token}/agenda.ics` });
};

export const postFeedOff: Handler<MemberVisit> = async ({ ports, member }) => {
  await closeFeed(ports, { memberId: member.id });
  return seeOther('/calendar-feed', 'feed_off');
};
