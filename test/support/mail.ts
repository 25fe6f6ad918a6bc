// Mail parts for suites: notices, facts and a mailer whose clocks a test can move.
import type { Meeting } from '../../service/domain/meeting.ts';
import type { Notice, NoticeKind } from '../../service/domain/notice.ts';
import { createMailer, type Mailer, type MailerParts } from '../../service/mail/mailer.ts';
import { createRender, noticeRows } from '../../service/mail/notices.ts';
import type { LoadFacts, MailFacts, OutgoingMail } from '../../service/mail/ports.ts';
import { createTransport } from '../../service/mail/transport.ts';
import type { OutboxStore } from '../../service/store/outbox.ts';
import { mailTexts } from '../../views/mails/engine.ts';

export const sender = { name: 'Mentorat Dialogue', address: 'mentorat@programme.example' };
export const entryUrl = (labId: string): string => `https://intranet.${labId}.example/mentorat`;

/** A Tuesday morning inside the sending hours. */
export const morning = new Date('2026-11-24T09:00:00Z');

export function aNotice(change: Partial<Notice> = {}): Notice {
  const kind = change.kind ?? 'proposal_sent';
  return { key: `${kind}:p1:m1`, kind, memberId: 'm1', subjectId: 'p1', notBefore: morning, ...change };
}

export function aMeeting(change: Partial<Meeting> = {}): Meeting {
  const startsAt = new Date('2026-12-01T13:30:00Z');
  const usual = { id: 'meeting-1', dialogueId: 'p1', status: 'agreed', suggestedById: 'm2', minutes: 60 } as const;
  return { ...usual, startsAt, modality: 'video', sequence: 2, agreedSequence: 2, ...change };
}

const aMove = { startsAt: new Date('2026-12-03T09:00:00Z'), modality: 'in_person', suggestedById: 'm2' } as const;

const addressee = {
  name: 'Ada Martin',
  email: 'ada@etis.example',
  emailHash: 'hash of ada',
  labId: 'etis',
  locale: 'fr',
  zone: 'Europe/Paris',
  calendar: { zone: 'Europe/Paris', closures: [] },
} as const;

/** The mail of one notice alone. */
export function renderOne(notice: Notice, facts: MailFacts, now = morning): OutgoingMail {
  return createRender({ sender, entryUrl })([{ notice, facts }], { key: notice.key, now });
}

export const ownUrl = 'https://programme.example/survey/one-time';

/** All that a kind may know, and nothing it may not. */
export function factsOf(kind: NoticeKind, change: Partial<MailFacts['addressee']> = {}): MailFacts {
  const { about, partner } = noticeRows[kind];
  const namesADay = mailTexts.fr.notices[kind].paragraphs.some((paragraph) => paragraph.includes('{{until}}'));
  return {
    addressee: { ...addressee, ...change },
    ...(about === 'proposal' && { answerBy: new Date('2026-12-01T09:00:00Z') }),
    ...(partner && { partner: { name: 'Benoît Durand', email: 'benoit@liris.example', labName: 'LIRIS' } }),
    ...(about === 'meeting' && { meeting: aMeeting(kind === 'meeting_move_suggested' ? { move: aMove } : {}) }),
    ...(namesADay && { until: new Date('2026-12-15T09:00:00Z') }),
    ...(kind === 'closing_survey' && { ownUrl }),
    ...(about === 'disclosure' && { disclosure: { on: morning, reason: 'security_incident' } }),
    ...((kind === 'address_code' || kind === 'address_asked') && { code: 'BCDF-GHJK' }),
    ...(kind === 'exclusion_told' && { appeal: { to: 'coordination' } as const }),
  };
}

export interface TestMailer extends Mailer {
  readonly queue: OutboxStore;
  /** Moves the programme's clock. */
  passProgramme(ms: number): void;
  /** Moves real time, for leases. */
  passReal(ms: number): void;
  readonly logs: string[];
  close(): void;
}

const loadUsual: LoadFacts = (notice) => Promise.resolve(factsOf(notice.kind));

/** A mailer on a suite's outbox and SMTP end. */
export function aMailer(queue: OutboxStore, smtpUrl: string, parts: Partial<MailerParts> = {}): TestMailer {
  const logs: string[] = [];
  const note = (facts: unknown, sentence: string): void => void logs.push(`${sentence} ${JSON.stringify(facts)}`);
  const onRefused = (said: string): void => void logs.push(`refused us: ${said}`);
  const transport = createTransport({ url: smtpUrl, sender });
  let [programme, real] = [morning.getTime(), morning.getTime()];
  const mailer = createMailer({
    ...{ queue, transport, load: loadUsual, render: createRender({ sender, entryUrl }) },
    onRefused,
    logger: { info: note, error: note },
    clock: { now: () => new Date(programme) },
    wallClock: { now: () => new Date(real) },
    ...parts,
  });
  return {
    ...mailer,
    queue,
    logs,
    passProgramme: (ms) => (programme += ms),
    passReal: (ms) => (real += ms),
    close: () => {
      transport.close();
    },
  };
}
