// What a mail may tell of its subject, for each kind, as it is when the mail leaves; undefined for what was overtaken.
import { joinCalendars, toLocal } from '../domain/calendar.ts';
import { turnOf } from '../domain/case.ts';
import { isCurrent } from '../domain/charter.ts';
import { isDisclosureReason } from '../domain/disclosure.ts';
import { appealOf } from '../domain/exclusion.ts';
import { memberTimers, type Member } from '../domain/member.ts';
import { isResting } from '../domain/mentor-offer.ts';
import { requestTimers } from '../domain/mentoring-request.ts';
import type { Timer } from '../domain/follow-up.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import { codeUntil } from '../domain/own-address.ts';
import { answerableUntil, sideOf, viewOf } from '../domain/proposal.ts';
import { sheetTimers } from '../domain/referral-check.ts';
import { readsAddress, twinOf, twinsUntil, viewOfTwins } from '../domain/twins.ts';
import type { LoadPorts } from './load.ts';
import type { MailFacts } from './ports.ts';

/** A notice's facts without its addressee. */
export type About = Omit<MailFacts, 'addressee'>;

/** The instant of a timer's step, of one that repeats its first; undefined when nothing waits for it. */
export function instantOf(timers: readonly Timer[], name: string): Date | undefined {
  for (const { steps, at } of timers) {
    const found = steps.find(({ step }) => step === name);
    if (found) return at(found.afterDays);
  }
  return undefined;
}

/** Facts of a step that has come and still waits for its person, until another one. */
export function untilStep(timers: readonly Timer[], names: { come: string; until: string }, now: Date) {
  const [come, until] = [instantOf(timers, names.come), instantOf(timers, names.until)];
  return come && until && come <= now && until > now ? { until } : undefined;
}

type OfMember = (ports: LoadPorts, member: Member) => About | undefined | Promise<About | undefined>;

/** Kinds about a member that may be overtaken; the others stay true whatever happens. */
const ofMember: Partial<Record<NoticeKind, OfMember>> = {
  draft_reminder: (ports, member) =>
    member.status === 'draft' ? waits(ports, member, { come: 'draft_1', until: 'purge' }) : undefined,
  mentor_auto_paused: whilePaused,
  availability_paused: whilePaused,
  availability_confirm: (ports, member) =>
    waits(ports, member, { come: 'availability_confirm', until: 'availability_pause' }),
  charter_renewal: (ports, member) =>
    isCurrent(member.charter) ? undefined : waits(ports, member, { come: 'renewal_1', until: 'charter_pause' }),
  charter_paused: (_, { charter }) => (charter.pausedAt && !isCurrent(charter) ? {} : undefined),
  inactive_notice: (ports, member) =>
    waits(ports, member, { come: 'inactive_1', until: 'erase' }) ?? untilErased(ports, member),
  exclusion_told: ({ rules }, { status, labId }) => {
    const lab = rules.labs.get(labId);
    return status === 'excluded' && lab ? { appeal: appealOf(rules.appeal, lab) } : undefined;
  },
  // While another account does lead here.
  twins_joined: (_, { doors = [] }) => (doors.some(({ closed }) => !closed) ? {} : undefined),
  request_expired: async (ports, { id }) => ((await ports.requests.findLive(id)) ? undefined : {}),
};

/** A notice that the service was late with puts the erasure off. */
function untilErased({ clock }: LoadPorts, { due }: Member): About | undefined {
  return due?.step === 'erase' && due.at > clock.now() ? { until: due.at } : undefined;
}

/** The code for the address that waits; nothing when another one was sent since. */
export async function aboutAddress(ports: LoadPorts, { memberId, subjectId }: Notice): Promise<About | undefined> {
  const { addressCode } = (await ports.members.find(memberId)) ?? {};
  return addressCode && { code: ports.hasher.code(memberId, subjectId), until: codeUntil(addressCode) };
}

/** Only while the two may still be joined, and to the address that they have in common. */
export async function aboutTwins(ports: LoadPorts, { memberId, subjectId }: Notice): Promise<About | undefined> {
  const twins = await ports.twins.find(subjectId);
  if (!twins) return undefined;
  const [reader, other] = await Promise.all([memberId, twinOf(twins, memberId)].map((id) => ports.members.find(id)));
  const isOpen = viewOfTwins(twins, memberId, { now: ports.clock.now(), other }) === 'asked';
  const isRead = reader && other?.ties.self.some((address) => readsAddress(reader, address, ports.hasher));
  if (!isOpen || !isRead) return undefined;
  const ownUrl = ports.twinsLink?.(ports.hasher.twins(subjectId));
  return ownUrl === undefined ? undefined : { ownUrl, until: twinsUntil(twins) };
}

export async function aboutMember(ports: LoadPorts, { kind }: Notice, member: Member): Promise<About | undefined> {
  const look = ofMember[kind];
  return look ? look(ports, member) : {};
}

function waits(ports: LoadPorts, member: Member, names: { come: string; until: string }): About | undefined {
  const lab = ports.rules.labs.get(member.labId);
  if (!lab) return undefined;
  const timers = memberTimers(member, { steps: ports.rules.steps, calendar: lab.calendar });
  return untilStep(timers, names, ports.clock.now());
}

function whilePaused({ clock, rules }: LoadPorts, { offer }: Member): About | undefined {
  const today = toLocal(clock.now(), rules.zone).date;
  return offer && isResting(offer, today) ? {} : undefined;
}

/** Only for somebody who still has to answer; says until when, nothing of the other side. */
export async function aboutProposal(ports: LoadPorts, { memberId, subjectId }: Notice): Promise<About | undefined> {
  const proposal = await ports.proposals.find(subjectId);
  if (!proposal || viewOf(proposal, sideOf(proposal, memberId)) !== 'waiting_for_you') return undefined;
  const [mentee, mentor] = [proposal.menteeLabId, proposal.mentorLabId].map((id) => ports.rules.labs.get(id));
  if (!mentee || !mentor) return undefined;
  const calendar = joinCalendars(mentee.calendar, mentor.calendar);
  return { answerBy: answerableUntil(proposal, { steps: ports.rules.steps, calendar }) };
}

/** Only while the search goes on: a request under a proposal has other news, but its last day stays. */
export async function aboutRequest(
  ports: LoadPorts,
  { kind, memberId, subjectId }: Notice,
): Promise<About | undefined> {
  const request = await ports.requests.find(subjectId);
  const lab = request && ports.rules.labs.get(request.labId);
  if (!request || !lab || request.memberId !== memberId) return undefined;
  if (kind !== 'request_expiry_notice') return request.status === 'open' ? {} : undefined;
  if (request.status !== 'open' && request.status !== 'proposed') return undefined;
  const timers = requestTimers(request, { steps: ports.rules.steps, calendar: lab.calendar });
  return untilStep(timers, { come: 'expiry_notice', until: 'expire' }, ports.clock.now());
}

/** Nothing of what is written there, and only while it is this person's turn. */
export async function aboutCase(ports: LoadPorts, { memberId, subjectId }: Notice): Promise<About | undefined> {
  const found = await ports.cases.find(subjectId);
  return found?.memberId === memberId && turnOf(found) === 'member' ? {} : undefined;
}

/** Nothing at all; of a case only while it is open, of a referral sheet while nobody has verified it. */
export async function aboutCoordinator(ports: LoadPorts, { kind, subjectId }: Notice): Promise<About | undefined> {
  if (kind === 'referral_check') return aboutSheet(ports, subjectId);
  return (await ports.cases.find(subjectId))?.status === 'open' ? {} : undefined;
}

/** The day and the reason as the trail has them: the letter tells what is written there, and never whose name was looked up. */
export async function aboutDisclosure({ trail }: LoadPorts, { subjectId }: Notice): Promise<About | undefined> {
  const look = await trail.find(Number(subjectId));
  if (look?.act !== 'identity_disclosed' || !isDisclosureReason(look.reason)) return undefined;
  return { disclosure: { on: look.at, reason: look.reason } };
}

async function aboutSheet({ referralSheets, rules, clock }: LoadPorts, labId: string): Promise<About | undefined> {
  const sheet = await referralSheets.find(labId);
  const lab = rules.labs.get(labId);
  if (!sheet || !lab) return undefined;
  const asked = instantOf(sheetTimers(sheet, { steps: rules.steps, calendar: lab.calendar }), 'sheet_ask');
  return asked && asked <= clock.now() ? {} : undefined;
}
