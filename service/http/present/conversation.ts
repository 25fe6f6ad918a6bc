// What both pages of a case share: the messages, the form for the next one, and who handles it.
import { allLabs, caseMessageLength, type CaseMessage, type CaseSide } from '../../domain/case.ts';
import type { LabId } from '../../domain/terms.ts';
import type { Visit } from '../visit.ts';
import { fieldsOf, type Filled } from './fields.ts';
import { told } from './words.ts';

/** "LIRIS", or all labs. */
export function handlersOf({ t, ports }: Visit, labId: LabId): string {
  if (labId === allLabs) return t('conversation:all_labs');
  return ports.rules.labs.get(labId)?.name ?? labId.toUpperCase();
}

/** In the order in which they were written; days only, so that nobody's hours are told. */
export function presentMessages(visit: Visit, messages: readonly CaseMessage[], reader: CaseSide): object[] {
  const writer = (from: CaseSide): string => {
    if (from === 'coordinator') return visit.t('conversation:from.coordinator');
    return visit.t(`conversation:from.${reader === 'member' ? 'you' : 'member'}`);
  };
  return messages.map(({ from, text, at }) => ({
    who: writer(from),
    when: told(visit, at, 'date'),
    text,
    isOurs: from === reader,
  }));
}

/** The next message. attempt: the same one when the form comes back, a new one on a new page. */
export function messageForm({ t, ports }: Visit, filled?: Filled): object {
  const given = filled ?? { raw: {}, problems: [] };
  const fields = fieldsOf(t, given);
  return {
    summary: fields.summary(),
    message: fields.text('message'),
    messageLength: caseMessageLength,
    attempt: attemptOf(given) ?? ports.newId(),
  };
}

function attemptOf({ raw }: Filled): string | undefined {
  const { attempt } = raw;
  return typeof attempt === 'string' && /^[\w-]{1,64}$/u.test(attempt) ? attempt : undefined;
}
