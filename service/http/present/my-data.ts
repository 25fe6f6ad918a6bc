// What is stored about a person, in readable rows.
import { openDoorsOf } from '../../domain/member.ts';
import type { HomeView } from '../../usecases/view-home.ts';
import type { MemberVisit, ParticipantVisit } from '../visit.ts';
import { wishesOf } from './request.ts';
import { linesFor } from './retention.ts';
import { halfDayWords, halfDaysOf, type Row, row, term, terms, told } from './words.ts';

function identity(visit: MemberVisit): Row[] {
  const { t, member, lab } = visit;
  return [
    { label: t('my-data:row.name'), value: member.name },
    ...(member.email === '' ? [] : [{ label: t('my-data:row.email'), value: member.email }]),
    ...(member.pendingEmail === undefined
      ? []
      : [{ label: t('my-data:row.email_to_confirm'), value: member.pendingEmail }]),
    { label: t('my-data:row.lab'), value: lab.name },
    { label: t('my-data:row.charter'), value: told(visit, member.charter.signedAt, 'date') },
    { label: t('my-data:row.ties'), value: t('my-data:ties', { count: tieCount(visit) }) },
  ];
}

function tieCount({ member: { ties } }: MemberVisit): number {
  return (ties.team === undefined ? 0 : 1) + ties.supervisors.length + ties.avoid.length;
}

function profileRows(visit: MemberVisit): Row[] {
  const { t, member } = visit;
  const { profile, offer } = member;
  if (!profile) return [];
  return [
    row(visit, 'profile:stage.label', term(visit, 'careerStage', profile.careerStage)),
    row(visit, 'card:languages', terms(visit, 'language', profile.languages)),
    row(visit, 'card:modalities', terms(visit, 'modality', profile.modalities)),
    row(visit, 'card:half_days', halfDayWords(visit, halfDaysOf(profile.availability))),
    ...(offer
      ? [{ label: t('my-data:row.offer'), value: terms(visit, 'topic', offer.topics) || t('terms:kept') }]
      : []),
  ];
}

/** Without a record there is nothing to show: the page says so. */
export function presentMyData(visit: MemberVisit, home: HomeView): object {
  const { request } = home;
  return {
    known: true,
    mayJoin: visit.member.status !== 'excluded',
    doors: doorsShown(visit),
    rows: [...identity(visit), ...profileRows(visit)],
    request: request ? wishesOf(visit as ParticipantVisit, request) : [],
    proposals: visit.t('my-data:proposals', { count: home.proposals.length }),
    dialogues: visit.t('my-data:dialogues', { count: home.dialogues.length }),
    retention: linesFor(visit.t),
  };
}

/** Other accounts that lead here; closed by the first one only, so that another one shuts out nobody. */
function doorsShown({ t, member, session }: MemberVisit) {
  const count = openDoorsOf(member).length - 1;
  if (count === 0 || member.status === 'excluded') return false;
  const own = session.person === member.personKey;
  return { own, text: own ? t('my-data:doors.text', { count }) : t('my-data:doors.elsewhere') };
}

export function presentNoData({ t }: Pick<MemberVisit, 't'>): object {
  return {
    known: false,
    mayJoin: false,
    doors: false,
    rows: [],
    request: [],
    proposals: '',
    dialogues: '',
    retention: linesFor(t),
  };
}
