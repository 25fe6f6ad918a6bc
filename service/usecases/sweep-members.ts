import type { Due } from '../domain/follow-up.ts';
import { endFeed, noFeed } from './end-feed.ts';
import { markOfAddress, marksOf } from './exclusion-records.ts';
import { doorsOf, type Member } from '../domain/member.ts';
import { untilResumed } from '../domain/mentor-offer.ts';
import type { NoticeKind } from '../domain/notice.ts';
import { follow } from './follow.ts';
import { carryOutLeaving, settleLeaving } from './leave-programme.ts';
import { notify } from './notify.ts';
import { lapseAllUnanswered, lapseUnanswered } from './pause-mentoring.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';
import { timersOfMember, waitingFor } from './waiting.ts';
import { wishMatching } from './wish-matching.ts';

/** Follows everybody's membership: drafts, offers to confirm, charters to renew, accounts that nobody uses, erasure. */
export async function sweepMembers(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'members',
    list: (limit) => ports.members.listDue(ports.clock.now(), limit),
    act: (member) => followMember(ports, member),
  });
}

async function followMember(ports: Ports, member: Member): Promise<void> {
  const { id, due, status } = member;
  if (!due) return;
  if (due.step === 'leaving') return carryOutLeaving(ports, id, due);
  if (status === 'withdrawn' || status === 'erased') return erase(ports, id);
  await follow(ports, {
    due,
    timers: timersOfMember(ports, member),
    act: (step) => act(ports, member, step),
    advance: (done, next) => ports.members.advance(id, done, next),
  });
}

async function act(ports: Ports, member: Member, { step }: Due): Promise<boolean> {
  const ends = endings[step];
  if (ends) await ends(ports, member);
  else if (step === 'offer_resumes') await wishMatching(ports);
  else await write(ports, member, step);
  return ends !== undefined;
}

/** The letters by the step that sends them, without its number. */
const letters: Readonly<Record<string, NoticeKind>> = {
  draft: 'draft_reminder',
  availability_confirm: 'availability_confirm',
  renewal: 'charter_renewal',
  inactive: 'inactive_notice',
};

async function write(ports: Ports, member: Member, step: string): Promise<void> {
  const name = step.replace(/_\d+$/u, '');
  const kind = letters[name];
  if (!kind) return;
  // What may come again in a membership tells its turns apart by what its days count from.
  const since = {
    draft: member.charter.signedAt.toISOString(),
    availability_confirm: (member.offer?.confirmedAt ?? member.charter.signedAt).toISOString(),
    renewal: member.charter.askedAt?.toISOString(),
    inactive: member.seenOn,
  }[name];
  await notify(ports, [recipient(member)], { kind, subjectId: member.id, step: `${step}.${since ?? 'first'}` });
}

type Ending = (ports: Ports, member: Member) => Promise<void>;

const endings: Readonly<Record<string, Ending>> = {
  purge: (ports, member) => eraseIfStill(ports, member),
  erase: eraseUnused,
  availability_pause: pauseUnconfirmed,
  offer_rests: restNow,
  charter_pause: pauseUnsigned,
};

/**
 * Deletes what is stored about a person, after ending what they had under way. Safe to repeat. Whoever came back in between
 * keeps everything: the first write decides.
 */
async function erase(ports: Ports, memberId: string): Promise<void> {
  // What was asked about an address of theirs may be decided after they have come back under another one. Before anything
  // is erased: a decision that comes meanwhile finds either the record or the marks.
  const known = await ports.members.find(memberId);
  const targets = known?.ties.self.map((hash) => markOfAddress(ports, hash)) ?? [];
  if (known && targets.length > 0) await ports.exclusions.coverTargets(targets, marksOf(ports, known));
  const gone = { status: 'erased', due: { step: 'erase', at: ports.clock.now() } } as const;
  const leaving = await ports.members.change(memberId, ['withdrawn', 'erased'], gone);
  if (!leaving) return;
  await settleLeaving(ports, memberId);
  await ports.retention.forgetMember(memberId);
  await passOn(ports, leaving);
  await ports.members.erase(memberId);
}

/**
 * What is said about a record that goes: an exclusion that was asked of it means whichever it was joined to, or parted from. Of
 * each account that leads nowhere any more nobody can tell whom the audit trail means; whoever still coordinates stays answerable.
 */
async function passOn(ports: Ports, leaving: Member): Promise<void> {
  for (const { personKey } of doorsOf(leaving)) {
    const others = (await ports.members.listByDoor(personKey)).filter(
      ({ id, status }) => id !== leaving.id && status !== 'erased',
    );
    for (const other of others) {
      await ports.exclusions.pass([leaving.id], { memberId: other.id, marks: marksOf(ports, other) });
    }
    if (others.length > 0) continue;
    const offices = await Promise.all(
      [...ports.rules.labs.keys()].map((lab) => ports.coordinators.officesOf(personKey, lab)),
    );
    await ports.auditPeople.forget(personKey, { asCoordinator: offices.flat().length === 0 });
  }
}

/** Out of everything first, unless the person has done something meanwhile; then erased. */
async function eraseIfStill(ports: Ports, member: Member): Promise<void> {
  await endFeed(ports, member);
  const gone = { status: 'withdrawn', offer: null, ...noFeed, due: { step: 'erase', at: ports.clock.now() } } as const;
  const left = await ports.members.changeIfStill(member, ['draft', 'active', 'paused', 'excluded'], gone);
  if (left) await erase(ports, member.id);
}

const dayMs = 86_400_000;
/** Two notices are promised before an unused account is erased, the last this long before; the outbox keeps them 90 days. */
const promised = { notices: 2, daysBefore: 14, withinDays: 85 };

/** Nobody is erased without the two notices, even if the service slept through the days on which they were due. */
async function eraseUnused(ports: Ports, member: Member): Promise<void> {
  const ago = (days: number): Date => new Date(ports.clock.now().getTime() - days * dayMs);
  const notices = (await ports.outbox.listOf(member.id)).filter(
    ({ kind, notBefore }) => kind === 'inactive_notice' && notBefore > ago(promised.withinDays),
  );
  const [last] = notices;
  const isWarned = notices.length >= promised.notices && last && last.notBefore <= ago(promised.daysBefore);
  if (isWarned) return eraseIfStill(ports, member);
  if (notices.length < promised.notices) await write(ports, member, `inactive_${String(notices.length + 1)}`);
  const at = ago(-promised.daysBefore - 1);
  await ports.members.changeIfStill(member, ['active', 'paused', 'excluded'], { due: { step: 'erase', at } });
}

/** Nobody is proposed to a mentor of whom nobody knows whether the offer still holds. */
async function pauseUnconfirmed(ports: Ports, member: Member): Promise<void> {
  if (!member.offer) return;
  const { pausedFrom: _, ...offer } = member.offer;
  const paused = { offer: { ...offer, pausedUntil: untilResumed } };
  await notify(ports, [recipient(member)], {
    kind: 'availability_paused',
    subjectId: member.id,
    step: (member.offer.confirmedAt ?? member.charter.signedAt).toISOString(),
  });
  const waits = waitingFor(ports, timersOfMember(ports, { ...member, ...paused }));
  if (await ports.members.changeIfStill(member, ['active'], { ...paused, ...waits })) {
    await lapseUnanswered(ports, member.id);
  }
}

/** The first day of a pause has come: from now on it is one like any other. Safe to repeat. */
async function restNow(ports: Ports, member: Member): Promise<void> {
  if (!member.offer) return;
  await lapseUnanswered(ports, member.id);
  const { pausedFrom: _, ...offer } = member.offer;
  const waits = waitingFor(ports, timersOfMember(ports, { ...member, offer }));
  await ports.members.changeIfStill(member, ['active'], { offer, ...waits });
}

async function pauseUnsigned(ports: Ports, member: Member): Promise<void> {
  const pausedAt = ports.clock.now();
  const paused = { status: 'paused', charter: { ...member.charter, pausedAt } } as const;
  await notify(ports, [recipient(member)], {
    kind: 'charter_paused',
    subjectId: member.id,
    step: member.charter.askedAt?.toISOString() ?? '',
  });
  const waits = waitingFor(ports, timersOfMember(ports, { ...member, ...paused }));
  if (await ports.members.changeIfStill(member, ['active'], { ...paused, ...waits })) {
    await lapseAllUnanswered(ports, member.id);
  }
}

function recipient({ id, labId }: Member): { memberId: string; labId: string } {
  return { memberId: id, labId };
}
