// What surrounds every page: its title, where one can go, the language, and the way out.
import { isCurrent } from '../domain/charter.ts';
import { hasConfirmedAddress } from '../domain/own-address.ts';
import type { Visit } from './visit.ts';

export interface NavLink {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

export interface FrameView {
  readonly title: string;
  readonly home: string;
  /** Empty when there is no session: then there is nowhere to go. */
  readonly links: readonly NavLink[];
  readonly signedIn: boolean;
  /** The person has a record: there are choices to make. */
  readonly known: boolean;
  readonly languages: readonly { code: string; name: string; current: boolean }[];
  /** Where the language buttons bring one back to. */
  readonly back: string;
  /** The person's address does not count yet, and this page is not where they are told. */
  readonly addressToConfirm: boolean;
  /** Told once after a form; empty otherwise. */
  readonly notice: string;
  /** Seconds after which the page is shown anew by itself; 0: never. */
  readonly refresh: number;
  /** Shown inside a frame, which a tab of its own may replace. */
  readonly framed: boolean;
  /** The reader comes from another of our pages. */
  readonly within: boolean;
}

/** What may be told after a form ("?done=..."): anything else in the address is ignored. */
export const notices = [
  'charter',
  'profile',
  'address_confirmed',
  'address_dropped',
  'code_sent',
  'availability',
  'offer',
  'paused',
  'resumed',
  'offer_withdrawn',
  'request',
  'request_held',
  'request_withdrawn',
  'answered',
  'wishes_changed',
  'offer_confirmed',
  'in_touch',
  'on_hold',
  'dialogue_resumed',
  'renewed',
  'renewal_said',
  'fit_answered',
  'fit_unsure',
  'paused_all',
  'resumed_all',
  'nudges_on',
  'nudges_off',
  'meeting_suggested',
  'meeting_agreed',
  'meeting_kept',
  'meeting_cancelled',
  'feed_off',
  'dialogue_ended',
  'case_asked',
  'case_written',
  'case_closed',
  'case_moved',
  'identity_opened',
  'identity_hidden',
  'widening_asked',
  'match_wished',
  'exclusion_asked',
  'sheet_verified',
  'session_ended',
  'sessions_ended',
  'coordinating',
  'twins_end',
  'twins_stay',
  'twins_go_on',
  'twins_apart',
  'doors_closed',
] as const;

const places = [
  { href: '/', label: 'home', needs: 'profile' },
  { href: '/profile', label: 'profile', needs: 'charter' },
  { href: '/availability', label: 'availability', needs: 'profile' },
  { href: '/request', label: 'request', needs: 'profile' },
  { href: '/mentor', label: 'mentor', needs: 'profile' },
  { href: '/cases', label: 'cases', needs: 'coordinator' },
  { href: '/report', label: 'report', needs: 'coordinator' },
] as const;

function links({ member, role, path, t, exclusion }: Visit): NavLink[] {
  if (exclusion) return [];
  const held = new Set<string>();
  if (member && isCurrent(member.charter)) held.add('charter');
  if (held.has('charter') && member?.profile && member.status !== 'draft') held.add('profile');
  if (role !== 'participant') held.add('coordinator');
  return places
    .filter(({ needs }) => held.has(needs))
    .map(({ href, label }) => ({
      href,
      label: label === 'mentor' && member?.offer ? t('frame:nav.mentor_own') : t(`frame:nav.${label}`),
      current: path === href,
    }));
}

/** The page without anybody: refusals, log-out. */
export function bareFrame(title: string): FrameView {
  return {
    title,
    home: '',
    links: [],
    signedIn: false,
    known: false,
    languages: [],
    back: '/',
    addressToConfirm: false,
    notice: '',
    refresh: 0,
    framed: false,
    within: false,
  };
}

/** Home has it among what is to be done, and the page of the address is about nothing else. */
function isAddressToConfirm({ member, exclusion, path }: Visit): boolean {
  const isWaiting = member !== undefined && isCurrent(member.charter) && !hasConfirmedAddress(member);
  return isWaiting && !exclusion && path !== '/' && path !== '/address';
}

export function frameOf(visit: Visit, title: string, locales: readonly string[]): FrameView {
  const done = notices.find((notice) => notice === visit.query['done']);
  return {
    title,
    home: '/',
    links: links(visit),
    signedIn: true,
    known: visit.member !== undefined && !visit.exclusion,
    languages: locales.map((code) => ({
      code,
      name: visit.t(`frame:language.${code}`),
      current: code === visit.locale,
    })),
    back: visit.path,
    addressToConfirm: isAddressToConfirm(visit),
    notice: done === undefined ? '' : visit.t(`frame:notice.${done}`),
    refresh: 0,
    framed: visit.framed,
    within: visit.within,
  };
}
