// A mentor's offer for its page, and how it reads to others.
import { toLocal } from '../../domain/calendar.ts';
import { type MentorOffer, type Profile, untilResumed } from '../../domain/member.ts';
import { formats } from '../../domain/terms.ts';
import { capacities, mentorRaw } from '../forms/mentor.ts';
import { isOfferToConfirm } from '../../usecases/confirm-offer.ts';
import type { ParticipantVisit } from '../visit.ts';
import { fieldsOf } from './fields.ts';
import { presentAge, type Retold } from './overtaken.ts';
import { halfDayWords, halfDaysOf, type Row, row, term, terms, toldDay } from './words.ts';

/** How the offer reads to somebody who has all of it in common. */
function card(visit: ParticipantVisit, { offer, profile }: { offer: MentorOffer; profile: Profile }): Row[] {
  const { t } = visit;
  const kept = offer.keptForConversation ? [t('terms:kept')] : [];
  return [
    {
      label: t('card:topics'),
      value: [...offer.topics.map((code) => term(visit, 'topic', code)), ...kept].join(' · '),
    },
    row(visit, 'card:languages', terms(visit, 'language', profile.languages)),
    row(visit, 'card:format', terms(visit, 'format', offer.formats)),
    row(visit, 'card:modalities', terms(visit, 'modality', profile.modalities)),
    row(visit, 'card:stage', term(visit, 'careerStage', profile.careerStage)),
    row(visit, 'card:half_days', halfDayWords(visit, halfDaysOf(profile.availability))),
  ];
}

/** What the form says of the stored offer. */
function storedRows(visit: ParticipantVisit): Row[] {
  const { t } = visit;
  const { offer } = visit.member;
  if (!offer) return [{ label: t('mentor:heading'), value: t('mentor:state.none') }];
  const kept = offer.keptForConversation ? [t('terms:kept')] : [];
  const topics = [...offer.topics.map((code) => term(visit, 'topic', code)), ...kept];
  return [
    { label: t('card:topics'), value: topics.join(' · ') },
    row(visit, 'card:format', terms(visit, 'format', offer.formats)),
    { label: t('mentor:capacity.label'), value: t('mentor:capacity.item', { count: offer.capacity }) },
  ];
}

function pauseOf(visit: ParticipantVisit, until: string): string {
  const { t } = visit;
  return until === untilResumed ? t('mentor:state.resting') : t('mentor:state.paused', { date: toldDay(visit, until) });
}

export function presentMentor(visit: ParticipantVisit, filled?: Retold): object {
  const { member, profile, ports, lab, t } = visit;
  const { offer } = member;
  const raw = filled?.raw ?? {};
  const isPause = 'until' in raw;
  const typed = filled && !isPause ? filled.raw : mentorRaw(offer);
  const fields = fieldsOf(t, { raw: { ...typed, ...(isPause ? raw : {}) }, problems: filled?.problems ?? [] });
  const today = toLocal(ports.clock.now(), lab.calendar.zone).date;
  const until = offer?.pausedUntil;
  const paused = until !== undefined && until > today;
  return {
    ...presentAge(member, 'offer', { filled, stored: () => storedRows(visit) }),
    offering: offer !== undefined,
    toConfirm: isOfferToConfirm(ports, member),
    paused,
    state: offer
      ? paused
        ? pauseOf(visit, until)
        : t('mentor:state.open', { count: offer.capacity, used: member.held.length })
      : t('mentor:state.none'),
    summary: fields.summary(),
    topics: fields.topics('topics'),
    kept: fields.box('keptForConversation'),
    formats: fields.choices('formats', formats, (code) => term(visit, 'format', code)),
    capacity: fields.choices('capacity', capacities, (code) => t('mentor:capacity.item', { count: Number(code) })),
    until: fields.text('until'),
    today,
    card: offer ? card(visit, { offer, profile }) : [],
  };
}
