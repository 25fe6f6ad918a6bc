// A dialogue for one of the two: identities, reasons, the meeting and the times on offer.
import { fitAnswers } from '../../usecases/answer-fit-check.ts';
import type { DialogueView } from '../../usecases/view-dialogue.ts';
import type { DialogueQuestion } from '../../usecases/view-question.ts';
import type { ParticipantVisit } from '../visit.ts';
import { type FieldView, fieldsOf, type Filled, type GroupView } from './fields.ts';
import { presentMeeting } from './meeting.ts';
import { presentReasons } from './reasons.ts';
import { term, told, toldDay } from './words.ts';

/** Common starts as one list, grouped by day. */
function starts(
  visit: ParticipantVisit,
  instants: readonly Date[],
  field: FieldView,
): FieldView & { groups: GroupView[] } {
  const groups = new Map<
    string,
    GroupView & { items: { id: string; value: string; label: string; chosen: boolean }[] }
  >();
  for (const instant of instants) {
    const label = told(visit, instant, 'day');
    const value = instant.toISOString();
    const group = groups.get(label) ?? { id: label, label, items: [] };
    group.items.push({ id: value, value, label: told(visit, instant, 'time'), chosen: value === field.value });
    groups.set(label, group);
  }
  return { ...field, groups: [...groups.values()] };
}

const questions: readonly DialogueQuestion[] = ['fit', 'hold', 'renew', 'in_touch'];

export function presentDialogue(visit: ParticipantVisit, view: DialogueView, filled?: Filled): object {
  const { t, ports } = visit;
  const { dialogue, side, partner, planned } = view;
  const fields = fieldsOf(t, filled ?? { raw: { modality: planned?.modality }, problems: [] });
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
    starts: view.starts.length > 0 && starts(visit, view.starts, fields.text('startsAt')),
    modality: fields.choices('modality', view.modalities, (code) => term(visit, 'modality', code)),
  };
}
