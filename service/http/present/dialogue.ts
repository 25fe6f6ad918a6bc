// A dialogue for one of the two: identities, reasons, the meeting and the times on offer.
import { fitAnswers } from '../../usecases/answer-fit-check.ts';
import type { Modality } from '../../domain/terms.ts';
import type { TimeOnOffer, TimesOnOffer } from '../../usecases/meeting-times.ts';
import type { DialogueView } from '../../usecases/view-dialogue.ts';
import type { DialogueQuestion } from '../../usecases/view-question.ts';
import type { ParticipantVisit } from '../visit.ts';
import { fieldsOf, type Filled } from './fields.ts';
import { presentMeeting } from './meeting.ts';
import { presentReasons } from './reasons.ts';
import { term, terms, told, toldDay } from './words.ts';

interface TimeView {
  readonly value: string;
  readonly label: string;
}

/** Times at which one click suggests to meet: the nearest ones first, the others by day. */
interface TimesView {
  readonly nearest: readonly TimeView[];
  readonly days: readonly { readonly name: string; readonly times: readonly TimeView[] }[];
}

const nearestCount = 3;

function timesOf(visit: ParticipantVisit, { times }: TimesOnOffer, modalities: readonly Modality[]): TimesView {
  // Where not every way to meet is possible, it is told with the time.
  const label = ({ startsAt, modalities: ways }: TimeOnOffer, style: 'moment' | 'time'): TimeView => {
    const when = told(visit, startsAt, style);
    const only = ways.length < modalities.length ? ` (${terms(visit, 'modality', ways)})` : '';
    return { value: startsAt.toISOString(), label: when + only };
  };
  const days = new Map<string, TimeView[]>();
  for (const time of times.slice(nearestCount)) {
    const day = told(visit, time.startsAt, 'day');
    days.set(day, [...(days.get(day) ?? []), label(time, 'time')]);
  }
  return {
    nearest: times.slice(0, nearestCount).map((time) => label(time, 'moment')),
    days: [...days].map(([name, ofDay]) => ({ name, times: ofDay })),
  };
}

const questions: readonly DialogueQuestion[] = ['fit', 'hold', 'renew', 'in_touch'];

export function presentDialogue(visit: ParticipantVisit, view: DialogueView, filled?: Filled): object {
  const { t, ports } = visit;
  const { dialogue, side, partner, planned } = view;
  const ways = view.onOffer?.modalities ?? [];
  const [usual] = ways;
  const fields = fieldsOf(t, filled ?? { raw: { modality: planned?.modality ?? usual }, problems: [] });
  return {
    id: dialogue.id,
    heading: partner ? t('dialogue:heading', { name: partner.name }) : t('dialogue:heading_over'),
    partner: partner && {
      name: partner.name,
      email: partner.email,
      chosen: partner.nameIsChosen ? t('dialogue:chosen_name') : '',
      lab: ports.rules.labs.get(partner.labId)?.name ?? partner.labId.toUpperCase(),
    },
    open: partner !== undefined,
    state:
      partner && (dialogue.status === 'on_hold' || dialogue.status === 'closing')
        ? t(`dialogue:state.${dialogue.status}`)
        : '',
    asks: view.question !== undefined,
    question: Object.fromEntries(questions.map((one) => [one, one === view.question])),
    fit: fitAnswers.map((value) => ({ value, label: t(`dialogue:fit.${value}`) })),
    plannedEndOn: dialogue.plannedEndOn,
    mayHold: dialogue.status === 'active',
    onHold: dialogue.status === 'on_hold',
    mayBegin: dialogue.status === 'introduced',
    role: t(`dialogue:role.${side}`),
    format: t('card:format_is', { format: term(visit, 'format', dialogue.format) }),
    until: t('dialogue:until', { date: toldDay(visit, dialogue.plannedEndOn) }),
    reasons: presentReasons({ ...visit, side }, dialogue.reasons),
    planned: planned && presentMeeting(visit, planned),
    room: view.room ?? '',
    unfinished: filled !== undefined,
    form: planned
      ? { action: `/meetings/${planned.id}/move`, version: String(planned.sequence) }
      : { action: `/dialogues/${dialogue.id}/meetings`, version: '' },
    past: view.past.map((meeting) => presentMeeting(visit, meeting)),
    zone: visit.lab.calendar.zone,
    summary: fields.summary(),
    times: view.onOffer && view.onOffer.times.length > 0 && timesOf(visit, view.onOffer, ways),
    lasts: t('dialogue:meeting.lasts', { minutes: view.onOffer?.minutes ?? 0 }),
    modality: fields.choices('modality', ways, (code) => term(visit, 'modality', code)),
  };
}
