// The dialogue space: first what to do next, then how things stand.
import type { DialogueSummary, HomeView } from '../../usecases/view-home.ts';
import { toLocal } from '../../domain/calendar.ts';
import { isResting } from '../../domain/mentor-offer.ts';
import { hasConfirmedAddress } from '../../domain/own-address.ts';
import type { ParticipantVisit } from '../visit.ts';
import { presentMeeting } from './meeting.ts';
import { term, terms, told, toldDay } from './words.ts';
import { stateOf } from './proposal.ts';
import { presentLiveRequest } from './request.ts';

interface Step {
  readonly text: string;
  readonly href: string;
  readonly action: string;
}

function step({ t }: ParticipantVisit, name: string, href: string): Step {
  return { text: t(`home:next.${name}.text`), href, action: t(`home:next.${name}.action`) };
}

function isOfferResting({ member: { offer }, ports, lab }: ParticipantVisit): boolean {
  return offer !== undefined && isResting(offer, toLocal(ports.clock.now(), lab.calendar.zone).date);
}

/** What waits for this person, the most urgent first. */
function nextSteps(visit: ParticipantVisit, home: HomeView): Step[] {
  const { proposals, dialogues, request } = home;
  const { member, profile, session } = visit;
  const { anyTime, windows } = profile.availability;
  const toAgree = dialogues.filter(({ planned }) => planned && presentMeeting(visit, planned).mayAgree);
  const toPlan = dialogues.filter(({ planned, status }) => planned === undefined && status === 'introduced');
  const steps = [
    ...(hasConfirmedAddress(member) ? [] : [step(visit, 'confirm_address', '/address')]),
    ...(home.isUnreachable ? [step(visit, 'address', '/profile')] : []),
    ...proposals
      .filter(({ view }) => view === 'waiting_for_you')
      .map(({ id }) => step(visit, 'answer', `/proposals/${id}`)),
    ...home.caseIdsToRead.map((id) => step(visit, 'case', `/help/${id}`)),
    ...toAgree.map(({ id }) => step(visit, 'agree', `/dialogues/${id}`)),
    ...toPlan.map(({ id }) => step(visit, 'plan', `/dialogues/${id}`)),
    ...dialogues.flatMap(({ id, question }) => (question ? [step(visit, question, `/dialogues/${id}#question`)] : [])),
    ...(isOfferResting(visit) ? [step(visit, 'resume', '/mentor')] : []),
    ...(home.isOfferToConfirm ? [step(visit, 'confirm', '/mentor')] : []),
    ...(!anyTime && windows.length === 0 ? [step(visit, 'availability', '/availability')] : []),
  ];
  if (steps.length > 0 || request || member.offer || dialogues.length > 0) return steps;
  const ways = [step(visit, 'request', '/request'), step(visit, 'mentor', '/mentor')];
  return session.data['first'] === 'mentor' ? ways.reverse() : ways;
}

function dialogueLine(
  visit: ParticipantVisit,
  { id, side, partnerName, plannedEndOn, planned }: DialogueSummary,
): object {
  const { t } = visit;
  const meeting = planned && presentMeeting(visit, planned);
  return {
    href: `/dialogues/${id}`,
    name: partnerName ?? t('dialogue:nobody'),
    role: t(`dialogue:role.${side}`),
    until: t('dialogue:until', { date: toldDay(visit, plannedEndOn) }),
    meeting: meeting ? `${meeting.state} ${meeting.when}.` : t('home:no_meeting'),
  };
}

export function presentHome(visit: ParticipantVisit, home: HomeView): object {
  const { t, member } = visit;
  const { request, proposals, dialogues } = home;
  const next = nextSteps(visit, home);
  return {
    name: member.name,
    next,
    showNext: next.length > 0 || member.status !== 'paused',
    request: request && presentLiveRequest(visit, { request }),
    proposals: proposals.map(({ id, side, view, yourAnswer, common, answerBy }) => ({
      href: `/proposals/${id}`,
      role: t(`proposal:role.${side}`),
      topics: terms(visit, 'topic', common.topics) || t('terms:kept'),
      format: t('card:format_is', { format: term(visit, 'format', common.format) }),
      state: t(`proposal:state.${stateOf({ view, ...(yourAnswer && { yourAnswer }) })}`),
      answerBy: view === 'waiting_for_you' ? t('proposal:answer_by', { date: told(visit, answerBy, 'day') }) : '',
    })),
    dialogues: dialogues.map((dialogue) => dialogueLine(visit, dialogue)),
    paused: member.status === 'paused',
    mayReopen: home.mayReopen,
    offer:
      member.offer &&
      (isOfferResting(visit)
        ? t('home:offer_resting')
        : t('home:offer', { count: member.offer.capacity, used: member.held.length })),
  };
}
