// The audit trail for its page: one row an act, in words; and whether the chain holds.
import { auditActs } from '../../../domain/audit.ts';
import type { TrailLine, TrailQuery, TrailView } from '../../../usecases/view-trail.ts';
import type { AdminVisit } from '../visit.ts';
import { labName, told } from './words.ts';

function whoOf({ t }: AdminVisit, { actor, name }: TrailLine): string {
  const kind = t(`admin-trail:actor.${actor.kind}`);
  return `${kind} ${name ?? actor.id}`;
}

function objectOf(visit: AdminVisit, { object, subject, subjectName, reason, notDone }: TrailLine): string {
  const { t } = visit;
  const parts = [
    object === undefined ? '' : labName(visit, object),
    subject === undefined ? '' : (subjectName ?? t('admin-trail:person', { pseudonym: subject })),
    reason === undefined ? '' : t(`admin-trail:reason.${reason}`),
    notDone === undefined ? '' : t('admin-trail:not_done', { seq: String(notDone) }),
  ];
  return parts.filter((part) => part !== '').join(', ') || '–';
}

function rowOf(visit: AdminVisit, line: TrailLine): object {
  const cells = [told(visit, line.at, 'moment'), visit.t(`admin-trail:act.${line.act}`), whoOf(visit, line)];
  const texts = [...cells, objectOf(visit, line)];
  return { label: String(line.seq), total: false, cells: texts.map((text) => ({ text, tooFew: false })) };
}

function addressOf(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/admin/trail${given.length > 0 ? '?' : ''}${new URLSearchParams(given).toString()}`;
}

function verdictOf({ t }: AdminVisit, { verdict }: TrailView): string {
  if (!verdict) return '';
  const { fault, from, to, head } = verdict;
  if (fault) return t(`admin-trail:fault.${fault.kind}`, { seq: String(fault.seq) });
  if (from === 0) return t('admin-trail:empty');
  return t('admin-trail:holds', { from: String(from), to: String(to), hash: head.hash });
}

export function presentTrail(visit: AdminVisit, { act }: TrailQuery, view: TrailView): object {
  const { t } = visit;
  const oldest = view.records.at(-1);
  const columns = ['seq', 'when', 'act', 'who', 'what'].map((column) => t(`admin-trail:column.${column}`));
  const rows = view.records.map((line) => rowOf(visit, line));
  return {
    heading: t('admin-trail:heading'),
    filter: {
      ...{ id: 'f-act', name: 'act', error: '', groups: [] },
      items: auditActs.map((one) => ({ value: one, label: t(`admin-trail:act.${one}`), chosen: one === act })),
    },
    verdict: verdictOf(visit, view),
    isBroken: view.verdict?.fault !== undefined,
    records: rows.length > 0 && { id: 'table-trail', caption: t('admin-trail:caption'), columns, rows },
    older: view.hasMore && oldest ? addressOf({ act, before: String(oldest.seq) }) : '',
    newest: addressOf({ act }),
  };
}
