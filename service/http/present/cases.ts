// Cases for whoever handles them: pseudonymous, until the person opens who they are.
import { caseMessageLength } from '../../domain/case.ts';
import type { CaseLine, CaseRequest, CaseView } from '../../usecases/view-case.ts';
import type { CaseList } from '../../usecases/view-cases.ts';
import type { Visit } from '../visit.ts';
import { handlersOf, messageForm, presentMessages } from './conversation.ts';
import { exclusionFields } from './exclusion.ts';
import type { Filled } from './fields.ts';
import { outlookWords } from './outlook.ts';
import { type Row, row, term, told } from './words.ts';

type Line = Pick<CaseLine, 'status' | 'isTheirTurn'>;

function turnOf({ status, isTheirTurn }: Line): string {
  if (status === 'closed') return 'closed';
  return isTheirTurn ? 'theirs' : 'yours';
}

function presentLine(visit: Visit, line: CaseLine): object {
  const { t } = visit;
  return {
    href: `/cases/${line.id}`,
    name: t('case:heading', { reference: line.reference }),
    kind: t(`case:kind.${line.kind}`),
    since: t('cases:since', { date: told(visit, line.openedAt, 'date'), handlers: handlersOf(visit, line.labId) }),
    turn: t(`case:turn.${turnOf(line)}`),
    request: line.request === undefined ? '' : t(`case:request.${line.request}`),
    identity: line.identityIsOpen ? t('cases:identity_open') : '',
  };
}

export function presentCases(visit: Visit, { open, closed, hasMore }: CaseList): object {
  const { role, t } = visit;
  return {
    lead: t(`cases:lead.${role === 'cross_lab_coordinator' ? 'all' : 'lab'}`, { lab: labOf(visit) }),
    open: open.map((line) => presentLine(visit, line)),
    closed: closed.map((line) => presentLine(visit, line)),
    more: hasMore ? t('cases:more', { count: open.length }) : '',
  };
}

/** The lab in which somebody coordinates is the one they come from, whatever their own record says. */
function labOf({ ports, session }: Visit): string {
  return ports.rules.labs.get(session.tenant)?.name ?? session.tenant.toUpperCase();
}

/** As on the person's own page: the wishes that few mentors meet. */
function narrowsOf({ t }: Visit, { outlook }: CaseRequest): string[] {
  return outlook?.limits.map((kind) => t(`case:narrows.${kind}`)) ?? [];
}

function requestRows(visit: Visit, { state, format, openedAt, lapses, outlook }: CaseRequest): Row[] {
  const { t } = visit;
  return [
    { label: t('case:row.request'), value: t(`case:request.${state}`) },
    ...(openedAt ? [{ label: t('case:row.asked'), value: told(visit, openedAt, 'date') }] : []),
    ...(format ? [row(visit, 'case:row.format', term(visit, 'format', format))] : []),
    ...(lapses === undefined ? [] : [{ label: t('case:row.lapses'), value: String(lapses) }]),
    ...(outlook ? [row(visit, 'case:row.outlook', outlookWords(visit, outlook, 'case:outlook.'))] : []),
  ];
}

const acts = ['widen', 'match', 'close', 'exclusion'] as const;

function actionsOf(id: string): Record<string, string> {
  return Object.fromEntries(acts.map((act) => [act, `/cases/${id}/${act}`]));
}

export function presentCase(visit: Visit, view: CaseView, filled?: Filled): object {
  const { t } = visit;
  const { identity, request, widenAskedAt } = view;
  const closed = view.closedAt ? [{ label: t('case:row.closed'), value: told(visit, view.closedAt, 'date') }] : [];
  return {
    id: view.id,
    actions: actionsOf(view.id),
    heading: t('case:heading', { reference: view.reference }),
    lead: t(`case:kind.${view.kind}`),
    turn: t(`case:turn.${turnOf(view)}`),
    isOpen: view.status === 'open',
    facts: [
      { label: t('case:row.opened'), value: told(visit, view.openedAt, 'date') },
      { label: t('case:row.handlers'), value: handlersOf(visit, view.labId) },
      ...closed,
      ...(request ? requestRows(visit, request) : []),
    ],
    narrows: request ? narrowsOf(visit, request) : [],
    mayAskToWiden: view.mayAskToWiden,
    widened: widenAskedAt ? t('case:widen.asked', { date: told(visit, widenAskedAt, 'date') }) : '',
    mayRunMatch: view.mayRunMatch,
    unknown: t(`case:identity.${view.isAddressed ? 'hidden' : 'not_for_you'}`),
    identity: identity && { ...identity, lab: handlersOf(visit, identity.labId) },
    messages: presentMessages(visit, view.messages, 'coordinator'),
    hint: t(`case:hint.${identity ? 'known' : 'unknown'}`, { count: caseMessageLength }),
    exclusion: exclusionFields(visit),
    ...messageForm(visit, filled),
  };
}
