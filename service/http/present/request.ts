// A request for its two pages: the form, and the live one.
import { messageLength, type MentoringRequest } from '../../domain/mentoring-request.ts';
import { hasConfirmedAddress } from '../../domain/own-address.ts';
import { formats, labPreferences } from '../../domain/terms.ts';
import { requestRaw } from '../forms/request.ts';
import type { RequestView } from '../../usecases/view-request.ts';
import type { ParticipantVisit } from '../visit.ts';
import { fieldsOf, type Filled } from './fields.ts';
import { outlookWords, presentLimits } from './outlook.ts';
import { type Row, row, term, told } from './words.ts';

/** What the person asked for, in their own words and order. */
export function wishesOf(visit: ParticipantVisit, { wishes, message }: MentoringRequest): Row[] {
  const { t } = visit;
  const topics = wishes.topics.map((code) => term(visit, 'topic', code));
  const kept = wishes.keptForConversation ? [t('terms:kept')] : [];
  return [
    { label: t('request:your.topics'), value: [...topics, ...kept].join(' · ') },
    row(visit, 'request:your.format', term(visit, 'format', wishes.format)),
    row(visit, 'request:your.lab', term(visit, 'labPreference', wishes.labPreference)),
    ...(message === undefined ? [] : [{ label: t('request:your.message'), value: message }]),
  ];
}

/** The live request: its state in plain words, what was asked, the way out of it. */
export function presentLiveRequest(visit: ParticipantVisit, { request, outlook }: RequestView): object {
  const { t } = visit;
  const isHeld = request.status === 'open' && !hasConfirmedAddress(visit.member);
  return {
    state: t(`request:state.${isHeld ? 'held' : request.status}`),
    since: [
      t('request:since', { date: told(visit, request.openedAt, 'date') }),
      ...(request.status === 'open' && !isHeld ? [t('request:rhythm')] : []),
    ].join(' '),
    wishes: wishesOf(visit, request),
    outlook: outlook ? outlookWords(visit, outlook) : '',
    limits: outlook ? presentLimits(visit, outlook) : [],
    mayChange: request.status === 'open',
    mayWithdraw: request.status !== 'matched',
    // A confirmed proposal's dialogue has the same id.
    dialogue: request.status === 'matched' && request.proposalId !== undefined && `/dialogues/${request.proposalId}`,
  };
}

export function presentRequest(visit: ParticipantVisit, filled?: Filled): object {
  const fields = fieldsOf(visit.t, filled ?? { raw: requestRaw, problems: [] });
  return {
    summary: fields.summary(),
    wish1: fields.topics('wish1'),
    wish2: fields.topics('wish2'),
    wish3: fields.topics('wish3'),
    topics: fields.topics('topics'),
    kept: fields.box('keptForConversation'),
    format: fields.choices('format', formats, (code) => term(visit, 'format', code)),
    labPreference: fields.choices('labPreference', labPreferences, (code) => term(visit, 'labPreference', code)),
    message: fields.text('message'),
    messageLength,
  };
}

/** The same form for a request that has been made: its message stays as it is. */
export function presentChange(visit: ParticipantVisit, filled: Filled): object {
  return { ...presentRequest(visit, filled), heading: visit.t('request-change:heading') };
}
