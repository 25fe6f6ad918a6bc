// My mentoring for its page: state and places, the offer, the week, the meetings, and how all of it reads to others.
import type { Availability } from '../../domain/availability.ts';
import { toLocal } from '../../domain/calendar.ts';
import { halfHoursOf, usualMeetings, type MeetingWishes } from '../../domain/meeting.ts';
import { type Profile } from '../../domain/member.ts';
import { isResting, untilResumed, type MentorOffer } from '../../domain/mentor-offer.ts';
import { usualHalfDays } from '../../domain/usual-half-days.ts';
import { meetingsAWeek } from '../../domain/meeting-kinds.ts';
import { formats } from '../../domain/terms.ts';
import { baseOf } from '../forms/base.ts';
import { capacities, lengths, margins, mentorRaw, notices, weekly } from '../forms/mentor.ts';
import { isOfferToConfirm } from '../../usecases/confirm-offer.ts';
import { storedForm, type MentoringForm, type OfferForm } from '../../usecases/save-mentoring.ts';
import type { ParticipantVisit } from '../visit.ts';
import { fieldsOf, type Fields, type Filled } from './fields.ts';
import type { MergedForm } from './merged.ts';
import { presentWeek, weekSentence } from './week.ts';
import { halfDayWords, type Row, row, term, terms, toldDay } from './words.ts';

/** How the offer reads to somebody who has all of it in common. */
function card(
  visit: ParticipantVisit,
  offer: OfferForm,
  { profile, minutes }: { profile: Profile; minutes: number },
): Row[] {
  const { t, lab, ports } = visit;
  const { calendar } = lab;
  const kept = offer.keptForConversation ? [t('terms:kept')] : [];
  const at = { from: ports.clock.now(), zone: calendar.zone, halfHours: halfHoursOf(minutes) };
  return [
    {
      label: t('card:topics'),
      value: [...offer.topics.map((code) => term(visit, 'topic', code)), ...kept].join(' · '),
    },
    row(visit, 'card:languages', terms(visit, 'language', profile.languages)),
    row(visit, 'card:format', terms(visit, 'format', offer.formats)),
    row(visit, 'card:modalities', terms(visit, 'modality', profile.modalities)),
    row(visit, 'card:stage', term(visit, 'careerStage', profile.careerStage)),
    row(visit, 'card:half_days', halfDayWords(visit, usualHalfDays({ ...profile, calendar }, at))),
  ];
}

/** What the form would mean: the card, how many meetings a week, and the week in words. */
export function presentMentorMeaning(visit: ParticipantVisit, { offer, availability }: MentoringForm): object {
  const { t, profile: stored, ports, lab } = visit;
  const profile = { ...stored, ...(availability && { availability }) };
  const wishes: MeetingWishes = offer?.meetings ?? usualMeetings;
  const count = meetingsAWeek(profile.availability, wishes);
  const today = toLocal(ports.clock.now(), lab.calendar.zone).date;
  return {
    sentence: weekSentence(visit, profile.availability, today),
    card: offer ? card(visit, offer, { profile, minutes: wishes.minutes }) : [],
    meetings: t('mentor:meaning.meetings', { count, minutes: wishes.minutes }),
  };
}

const noHours: Availability = { anyTime: false, windows: [], absences: [] };

/** What is stored of one part of the form. */
export function storedPart(visit: ParticipantVisit, part: string): Row {
  const { t, member } = visit;
  const today = toLocal(visit.ports.clock.now(), visit.lab.calendar.zone).date;
  const { availability = noHours } = storedForm(member, today);
  const day = /^day(\d)$/u.exec(part)?.[1];
  if (day !== undefined) {
    const windows = availability.windows.filter(({ weekday }) => weekday === Number(day));
    const hours = weekSentence(visit, { anyTime: false, windows, absences: [] }, today);
    return { label: t(`terms:weekday.${day}`), value: hours };
  }
  if (part === 'anyTime') {
    return { label: t('week:heading'), value: weekSentence(visit, { ...availability, absences: [] }, today) };
  }
  const { offer } = member;
  if (!offer) return { label: t('mentor:heading'), value: t('mentor:state.none') };
  return offerPart(visit, offer, part);
}

function offerPart(visit: ParticipantVisit, offer: MentorOffer, part: string): Row {
  const { t } = visit;
  const { minutes, noticeHours, mostAWeek, marginMinutes } = offer.meetings ?? usualMeetings;
  const kept = offer.keptForConversation ? [t('terms:kept')] : [];
  const topics = [...offer.topics.map((code) => term(visit, 'topic', code)), ...kept].join(' · ');
  const told: Record<string, Row> = {
    topics: { label: t('card:topics'), value: topics },
    keptForConversation: { label: t('card:topics'), value: topics },
    formats: row(visit, 'card:format', terms(visit, 'format', offer.formats)),
    capacity: { label: t('mentor:capacity.label'), value: t('mentor:capacity.item', { count: offer.capacity }) },
    minutes: { label: t('mentor:length.label'), value: t('mentor:length.item', { minutes }) },
    noticeHours: { label: t('mentor:notice.label'), value: noticeWords(visit, noticeHours) },
    mostAWeek: { label: t('mentor:weekly.label'), value: weeklyWords(visit, mostAWeek) },
    marginMinutes: { label: t('mentor:margin.label'), value: t('mentor:margin.item', { minutes: marginMinutes }) },
    rest: { label: t('mentor:pause.heading'), value: stateOf(visit) },
  };
  return told[part] ?? { label: t('mentor:heading'), value: stateOf(visit) };
}

function noticeWords({ t }: ParticipantVisit, hours: number): string {
  if (hours === 0) return t('mentor:notice.none');
  return hours < 48 ? t('mentor:notice.hours', { count: hours }) : t('mentor:notice.days', { count: hours / 24 });
}

function weeklyWords({ t }: ParticipantVisit, most: number | undefined): string {
  return most === undefined ? t('mentor:weekly.any') : t('mentor:weekly.item', { count: most });
}

/** Whether the offer is open, and what a pause that is on or to come does. */
function stateOf(visit: ParticipantVisit): string {
  const { t, member, ports, lab } = visit;
  const { offer } = member;
  if (!offer) return t('mentor:state.none');
  const today = toLocal(ports.clock.now(), lab.calendar.zone).date;
  const { pausedFrom, pausedUntil } = offer;
  if (isResting(offer, today)) {
    return pausedUntil === untilResumed || pausedUntil === undefined
      ? t('mentor:state.resting')
      : t('mentor:state.paused', { date: toldDay(visit, pausedUntil) });
  }
  const open = t('mentor:state.open', { count: offer.capacity, used: member.held.length });
  if (pausedFrom === undefined || pausedUntil === undefined || pausedUntil <= today) return open;
  const from = toldDay(visit, pausedFrom);
  const pause =
    pausedUntil === untilResumed
      ? t('mentor:state.will_rest', { from })
      : t('mentor:state.will_pause', { from, until: toldDay(visit, pausedUntil) });
  return `${open} ${pause}`;
}

/** Fields of the offer and of the meetings. */
function offerFields(visit: ParticipantVisit, fields: Fields): object {
  const { t } = visit;
  return {
    topics: fields.topics('topics'),
    kept: fields.box('keptForConversation'),
    formats: fields.choices('formats', formats, (code) => term(visit, 'format', code)),
    capacity: fields.choices('capacity', capacities, (code) => t('mentor:capacity.item', { count: Number(code) })),
    minutes: fields.choices('minutes', lengths, (code) => t('mentor:length.item', { minutes: code })),
    notice: fields.choices('noticeHours', notices, (code) => noticeWords(visit, Number(code))),
    weekly: fields.choices('mostAWeek', weekly.slice(1), (code) => weeklyWords(visit, Number(code))),
    margin: fields.choices('marginMinutes', margins, (code) => t('mentor:margin.item', { minutes: code })),
    pauseFrom: fields.text('pauseFrom'),
    pauseUntil: fields.text('pauseUntil'),
  };
}

export function presentMentor(visit: ParticipantVisit, filled?: MergedForm): object {
  const { member, profile, ports, lab, t } = visit;
  const today = toLocal(ports.clock.now(), lab.calendar.zone).date;
  const form = storedForm(member, today);
  const stored = mentorRaw(form, { today, ways: profile.modalities });
  const shown: Filled = filled ?? { raw: stored, problems: [] };
  const fields = fieldsOf(t, shown);
  return {
    base: baseOf(filled?.base ?? stored),
    overtaken: filled?.overtaken ?? false,
    offering: member.offer !== undefined,
    toConfirm: isOfferToConfirm(ports, member),
    pausedAll: member.status === 'paused',
    paused: member.offer !== undefined && isResting(member.offer, today),
    state: stateOf(visit),
    summary: fields.summary(),
    ...offerFields(visit, fields),
    week: presentWeek(visit, fields, shown),
    ...presentMentorMeaning(visit, form),
  };
}
