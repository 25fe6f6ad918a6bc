// The chain: what is changed, taken out, swapped or cut shows; many who append at once come one after the other; what has
// had its twelve months goes, and the rest still holds.
import { expect } from 'chai';
import { inviteCoordinator } from '../../service/usecases/invite-coordinator.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { trailStart, type TrailFault, type TrailLink } from '../../service/domain/audit.ts';
import { verifyTrail, watchTrail } from '../../service/usecases/watch-trail.ts';
import { useProgramme } from '../support/programme.ts';

describe('The chain of the audit trail', () => {
  const programme = useProgramme();
  const trail = () => programme.ports().trail;
  const raw = () => programme.connection().collection<{ _id: string; seq: number }>('audit_trail');
  const entry = { actor: { kind: 'administrator', id: 'BCDFGHJKLM' }, act: 'keys_rotated' } as const;
  const append = (count: number) =>
    Promise.all(Array.from({ length: count }, () => trail().append(entry, programme.now())));
  const fault = async (heads: Parameters<typeof verifyTrail>[1] = {}) =>
    (await verifyTrail(programme.ports(), heads)).fault;

  it('is whole and without gaps when forty append at the same moment', async () => {
    const appended = await append(40);
    expect(new Set(appended.map(({ seq }) => seq)).size).to.equal(40);
    const verdict = await verifyTrail(programme.ports());
    expect(verdict).to.include({ from: 1, to: 40 }).and.not.have.property('fault');
  });

  const tampered: [string, TrailFault, () => Promise<unknown>][] = [
    ['another act', 'changed', () => raw().updateOne({ seq: 3 }, { $set: { act: 'admin_left' } })],
    ['another actor', 'changed', () => raw().updateOne({ seq: 3 }, { $set: { 'actor.id': 'ZZZZZZZZZZ' } })],
    ['another time', 'changed', () => raw().updateOne({ seq: 3 }, { $set: { at: new Date(0) } })],
    ['a person added', 'changed', () => raw().updateOne({ seq: 3 }, { $set: { subject: 'ZZZZZZZZZZ' } })],
    ['a record taken out', 'missing', () => raw().deleteOne({ seq: 3 })],
    ['the first record taken out', 'missing', () => raw().deleteOne({ seq: 1 })],
    [
      'two records swapped',
      'changed',
      async () => {
        await raw().updateOne({ seq: 3 }, { $set: { seq: 0 } });
        await raw().updateOne({ seq: 4 }, { $set: { seq: 3 } });
        await raw().updateOne({ seq: 0 }, { $set: { seq: 4 } });
      },
    ],
  ];
  for (const [what, kind, tamper] of tampered) {
    it(`shows ${what}`, async () => {
      for (let one = 0; one < 6; one += 1) await append(1);
      await tamper();
      expect((await fault())?.kind).to.equal(kind);
    });
  }

  it('shows an end that was cut off after it was told, also when others were appended since', async () => {
    for (let one = 0; one < 6; one += 1) await append(1);
    const told: unknown[] = [];
    await watchTrail(programme.ports(), (verdict) => told.push(verdict.head));
    const { seq, hash, at } = (await trail().list({ limit: 1 }))[0]!;
    expect(told).to.deep.equal([{ seq: 6, hash, at }]);
    await raw().deleteMany({ seq: { $gt: 4 } });
    expect(await fault()).to.deep.equal({ kind: 'cut', seq: 5 });
    programme.moveBy(1000);
    await append(1);
    await append(1);
    expect(await fault()).to.deep.equal({ kind: 'replaced', seq });
    // Whoever wiped the note in the database, too, does not reach the log.
    await programme.connection().collection('audit_links').deleteMany({});
    expect(await fault()).to.equal(undefined);
    expect(await fault({ heads: [{ seq, hash, at }] })).to.deep.equal({ kind: 'replaced', seq });
  });

  it('lets go what is twelve months old, by two copies at once, and still holds', async () => {
    for (let one = 0; one < 3; one += 1) await append(1);
    await watchTrail(programme.ports());
    const [, , third] = (await trail().list({ limit: 9 })).reverse();
    programme.moveBy(364 * 86_400_000);
    await append(1);
    await watchTrail(programme.ports());
    expect(await raw().countDocuments()).to.equal(4);
    programme.moveBy(2 * 86_400_000);
    await Promise.all([watchTrail(programme.ports()), watchTrail(programme.ports())]);
    expect(await verifyTrail(programme.ports())).to.include({ from: 4, to: 4 });
    expect(await fault()).to.equal(undefined);
    expect(await trail().start()).to.include({ seq: 3, hash: third!.hash });
    expect(await fault({ heads: [third!] })).to.equal(undefined);
    programme.moveBy(400 * 86_400_000);
    await watchTrail(programme.ports());
    expect(await raw().countDocuments()).to.equal(0);
    expect((await append(1))[0]).to.include({ seq: 5 });
    expect(await fault()).to.equal(undefined);
  });

  it('shows that a record was deleted before its time, also when the beginning was noted anew', async () => {
    for (let one = 0; one < 4; one += 1) await append(1);
    const [second] = await trail().list({ before: 3, limit: 1 });
    await raw().deleteMany({ seq: { $lte: 2 } });
    await programme
      .connection()
      .collection<{ _id: string }>('audit_links')
      .insertOne({ _id: 'start', seq: 2, hash: second!.hash, at: second!.at } as never);
    expect(await fault({ heads: [second!] })).to.deep.equal({ kind: 'removed', seq: 2 });
  });

  it('shows a beginning that was moved, by its age or, if that was made up, by what was told of the former one', async () => {
    for (let one = 0; one < 6; one += 1) await append(1);
    const told: TrailLink[] = [];
    await watchTrail(programme.ports(), ({ first, head }) => told.push(...(first ? [first, head] : [])));
    expect(told.map(({ seq }) => seq)).to.deep.equal([1, 6]);
    const { seq, hash, at } = (await trail().list({ before: 6, limit: 1 }))[0]!;
    await raw().deleteMany({ seq: { $lte: seq } });
    const noteStart = (link: TrailLink) =>
      programme
        .connection()
        .collection<{ _id: string }>('audit_links')
        .replaceOne({ _id: 'start' }, link, { upsert: true });
    await noteStart({ seq, hash, at });
    expect(await fault()).to.deep.equal({ kind: 'removed', seq });
    await noteStart({ seq, hash, at: new Date(0) });
    expect(await fault({ heads: told })).to.deep.equal({ kind: 'removed', seq: 1 });
  });

  it('is empty and sound at the beginning', async () => {
    expect(await verifyTrail(programme.ports())).to.deep.equal({ from: 0, to: 0, head: trailStart });
    await watchTrail(programme.ports());
    expect(await trail().head()).to.equal(undefined);
  });

  it('draws one pseudonym a person, also for twenty at once, and another after the first was forgotten', async () => {
    const { auditPeople } = programme.ports();
    const person = { kind: 'member', key: 'the person’s key' } as const;
    const drawn = await Promise.all(Array.from({ length: 20 }, () => auditPeople.pseudonymOf(person, programme.now())));
    expect(new Set(drawn).size).to.equal(1);
    await auditPeople.forget(person.key, { asCoordinator: false });
    expect(await auditPeople.findPersonKey(drawn[0]!)).to.equal(undefined);
    expect(await auditPeople.pseudonymOf(person, programme.now())).not.to.equal(drawn[0]);
  });

  it('keeps who coordinates answerable after they left as a member, until they coordinate no more', async () => {
    const { auditPeople, coordinators } = programme.ports();
    const member = await programme.join({ status: 'withdrawn' });
    const as = (kind: 'member' | 'coordinator') =>
      auditPeople.pseudonymOf({ kind, key: member.personKey }, programme.now());
    const [asMember, asCoordinator] = [await as('member'), await as('coordinator')];
    const [at, by] = [programme.now(), { person: member.personKey, registrationId: 'r', locale: 'fr' } as const];
    const link = { role: 'cross_lab_coordinator', locale: 'fr' } as const;
    const { appointment } = await inviteCoordinator(programme.ports(), link);
    await coordinators.accept(appointment.id, { ...by, at });
    const erased = async (): Promise<void> => {
      await programme.ports().members.change(member.id, ['withdrawn'], { due: { step: 'erase', at: programme.now() } });
      await sweepMembers(programme.ports());
    };
    await erased();
    expect(await auditPeople.findPersonKey(asMember)).to.equal(undefined);
    expect(await auditPeople.findPersonKey(asCoordinator)).to.equal(member.personKey);
    await coordinators.revoke(appointment.id, programme.now());
    await auditPeople.forget(member.personKey, { asCoordinator: true });
    expect(await auditPeople.findPersonKey(asCoordinator)).to.equal(undefined);
  });

  it('keeps the names of administrators unreadable in the database, and no longer than their acts', async () => {
    const { auditPeople } = programme.ports();
    const ada = { kind: 'administrator', key: 'ada admin', label: 'Ada Admin' } as const;
    const id = await auditPeople.pseudonymOf(ada, programme.now());
    const kept = await programme.connection().collection('audit_people').find().toArray();
    expect(JSON.stringify(kept).toLowerCase()).not.to.include('ada');
    expect((await auditPeople.labelsOf([id])).get(id)).to.equal('Ada Admin');
    programme.moveBy(370 * 86_400_000);
    await watchTrail(programme.ports());
    expect((await auditPeople.labelsOf([id])).size).to.equal(0);
  });
});
