// The person's side: talking to a coordinator without a name, and saying who one is or not.
import { hasConfirmedAddress } from '../../domain/own-address.ts';
import { allLabs, caseMessageLength } from '../../domain/case.ts';
import type { LabId } from '../../domain/terms.ts';
import type { MyCase } from '../../usecases/view-my-cases.ts';
import type { MemberVisit } from '../visit.ts';
import { handlersOf, messageForm, presentMessages } from './conversation.ts';
import { fieldsOf, type Filled } from './fields.ts';
import { told } from './words.ts';

function stateOf({ status, isMyTurn, messages }: MyCase): string {
  if (status === 'closed') return 'closed';
  if (isMyTurn) return 'yours';
  return messages.length > 0 ? 'theirs' : 'quiet';
}

function presentLine(visit: MemberVisit, one: MyCase): object {
  const { t } = visit;
  return {
    href: `/help/${one.id}`,
    name: t('help-case:name', { reference: one.reference }),
    kind: t(`help-case:kind.${one.kind}`),
    since: t('help:since', { date: told(visit, one.openedAt, 'date'), handlers: handlersOf(visit, one.labId) }),
    state: t(`help-case:state.${stateOf(one)}`),
  };
}

/** The person's own lab comes first, all labs last. */
function labChoices(visit: MemberVisit, filled: Filled, chosen: LabId) {
  const { member, ports } = visit;
  const others = [...ports.rules.labs.keys()].filter((labId) => labId !== member.labId);
  const raw = { lab: chosen, ...filled.raw };
  return fieldsOf(visit.t, { ...filled, raw }).choices('lab', [member.labId, ...others, allLabs], (labId) => {
    if (labId === allLabs) return visit.t('help:all_labs');
    const lab = handlersOf(visit, labId);
    return labId === member.labId ? visit.t('help:own_lab', { lab }) : lab;
  });
}

export function presentHelp(
  visit: MemberVisit,
  { cases, mayAsk }: { cases: readonly MyCase[]; mayAsk: boolean },
  filled?: Filled,
): object {
  return {
    cases: cases.map((one) => presentLine(visit, one)),
    mayAsk,
    lab: labChoices(visit, filled ?? { raw: {}, problems: [] }, visit.member.labId),
    ...messageForm(visit, filled),
  };
}

const acts = ['identity/open', 'identity/hide', 'lab', 'close'] as const;

function actionsOf(id: string): object {
  const [open, hide, move, close] = acts.map((act) => `/help/${id}/${act}`);
  return { open, hide, move, close };
}

export function presentHelpCase(visit: MemberVisit, one: MyCase, filled?: Filled): object {
  const { t, member } = visit;
  return {
    id: one.id,
    actions: actionsOf(one.id),
    heading: t('help-case:heading', { reference: one.reference }),
    lead: t(`help-case:kind.${one.kind}`),
    state: t(`help-case:state.${stateOf(one)}`),
    handlers: t('help-case:handlers', { handlers: handlersOf(visit, one.labId) }),
    widened: one.widenAskedAt ? t('help-case:widened', { date: told(visit, one.widenAskedAt, 'date') }) : '',
    isOpen: one.status === 'open',
    lab: labChoices(visit, filled ?? { raw: {}, problems: [] }, one.labId),
    identityIsOpen: one.identityIsOpen,
    mayShow: one.mayOpenIdentity,
    seenBy: t(`help-case:identity.seen_by.${one.labId === allLabs ? 'all' : 'lab'}`, {
      lab: handlersOf(visit, one.labId),
    }),
    identity: [
      { label: t('help-case:identity.name'), value: member.name },
      ...(hasConfirmedAddress(member) ? [{ label: t('help-case:identity.email'), value: member.email }] : []),
      { label: t('help-case:identity.lab'), value: handlersOf(visit, member.labId) },
    ],
    messages: presentMessages(visit, one.messages, 'member'),
    hint: t(`help-case:hint.${one.identityIsOpen ? 'known' : 'unknown'}`, { count: caseMessageLength }),
    ...messageForm(visit, filled),
  };
}
