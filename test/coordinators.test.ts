// Whom the configuration names, and whoever was appointed by a link: what both may do and how they are written to.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { programmeSchema } from '../config/programme.ts';
import { createCoordinators } from '../service/coordinators.ts';
import { coordinatorsOf, findCoordinator, recipientIdOf } from '../service/domain/coordinator.ts';
import { createCoordinatorSeeds } from '../service/store/coordinator-seeds.ts';
import { inviteCoordinator } from '../service/usecases/invite-coordinator.ts';
import { purgeEnded } from '../service/usecases/purge-ended.ts';
import { useProgramme } from './support/programme.ts';
import { useStore } from './support/store.ts';

const labs = ['etis', 'lix'].map((id) => ({ id, name: id.toUpperCase(), entryUrl: `https://${id}.example/` }));
const issuer = 'https://moodle.lix.example';
const dayMs = 86_400_000;
const names = [
  { issuer, subject: '7', role: 'lab_coordinator', lab: 'lix', email: 'c@lix.example', name: 'Camille' },
  { issuer, subject: '8', role: 'cross_lab_coordinator', locale: 'en' },
];
const { coordinators: named } = programmeSchema.parse({ labs, coordinators: names });
const registered = { id: 'r1', issuer, createdAt: new Date(0) } as never;

describe('The coordinators', () => {
  const { store, connection } = useStore();
  const now = new Date('2026-11-23T09:00:00Z');
  /** A copy of the service whose file names these. */
  const copyWith = (some: typeof named) =>
    createCoordinators({
      named: some,
      appointments: store().appointments,
      registrations: { list: () => Promise.resolve([registered]) },
      seeds: createCoordinatorSeeds(connection()),
      clock: { now: () => now },
    });
  const camille = { registrationId: 'r1', subject: '7', person: 'person of Camille', tenant: 'lix' };

  beforeEach('forget the appointments', async () => {
    await connection().collection('appointments').deleteMany({});
  });

  it('of the file are written to from the start, under a hash of issuer and subject that tells neither', async () => {
    const id = createHash('sha256').update([issuer, '7'].join('\0')).digest('hex').slice(0, 12);
    const contacts = await copyWith(named).contacts();
    expect(contacts[0]).to.deep.equal({
      ...{ id, role: 'lab_coordinator', labId: 'lix', email: 'c@lix.example', name: 'Camille', locale: 'fr' },
    });
    for (const one of contacts) expect(findCoordinator(contacts, recipientIdOf(one))).to.equal(one);
    expect(findCoordinator(contacts, 'coordinator:000000000000')).to.equal(undefined);
    expect(findCoordinator(contacts, contacts[0]!.id)).to.equal(undefined);
    expect(coordinatorsOf(contacts, 'lix').map(({ name }) => name)).to.deep.equal(['Camille']);
    expect(coordinatorsOf(contacts, 'etis')).to.deep.equal([]);
  });

  it('of the file are listed by the name that it gives them, before and after their first launch', async () => {
    const copy = copyWith(named);
    const names = async () => (await copy.list()).map(({ name }) => name ?? '').sort();
    expect(await names()).to.deep.equal(['', 'Camille']);
    await copy.meet(camille);
    expect(await names()).to.deep.equal(['', 'Camille']);
  });

  it('of the file get their right at their first launch, in their lab only', async () => {
    const copy = copyWith(named);
    expect(await copy.officesOf(camille.person, 'lix')).to.deep.equal([]);
    await copy.meet({ ...camille, registrationId: 'r2' });
    await copy.meet({ ...camille, tenant: 'etis' });
    expect(await copy.officesOf(camille.person, 'lix')).to.deep.equal([]);
    for (let launches = 0; launches < 3; launches += 1) await copy.meet(camille);
    expect(await copy.officesOf(camille.person, 'lix')).to.have.length(1);
    expect(await copy.officesOf(camille.person, 'etis')).to.deep.equal([]);
    expect(await copy.contacts()).to.have.length(2);
  });

  it('lose their right when the file names them no more, and have it when it does again', async () => {
    await copyWith(named).meet(camille);
    const without = copyWith(named.slice(1));
    expect(await without.officesOf(camille.person, 'lix')).to.deep.equal([]);
    expect((await without.list()).map(({ role }) => role)).to.deep.equal(['cross_lab_coordinator']);
    expect(await copyWith(named).officesOf(camille.person, 'lix')).to.have.length(1);
  });

  for (const launches of [0, 1]) {
    it(`stay without it once it was taken away, after ${launches} launches, whatever the file says`, async () => {
      const copy = copyWith(named);
      for (let done = 0; done < launches; done += 1) await copy.meet(camille);
      const [id = ''] = (await copy.list()).filter(({ labId }) => labId === 'lix').map((one) => one.id);
      expect(await copy.revoke(id, now)).to.equal(true);
      expect(await copy.revoke(id, now)).to.equal(false);
      await copy.meet(camille);
      expect(await copyWith(named).officesOf(camille.person, 'lix')).to.deep.equal([]);
      expect((await copy.contacts()).map(({ role }) => role)).to.deep.equal(['cross_lab_coordinator']);
    });
  }
});

describe('The links of coordinators', () => {
  const programme = useProgramme();

  it('go when their days are over, and what was taken away twelve months later', async () => {
    const ports = programme.ports();
    const made = [];
    for (let count = 0; count < 3; count += 1) {
      made.push(await inviteCoordinator(ports, { role: 'lab_coordinator', labId: 'etis', locale: 'fr' }));
    }
    const [used, revoked] = made.map(({ appointment }) => appointment.id) as [string, string];
    const by = { person: 'p', registrationId: 'r', locale: 'fr' } as const;
    await ports.coordinators.accept(used, { ...by, at: programme.now() });
    await ports.coordinators.revoke(revoked, programme.now());
    const left = async (): Promise<number> => {
      await purgeEnded(ports);
      return (await ports.coordinators.list()).length;
    };
    expect(await left()).to.equal(3);
    programme.moveBy(14 * dayMs);
    expect(await left()).to.equal(2);
    programme.moveBy(353 * dayMs);
    expect((await left()) && (await ports.coordinators.list()).map(({ id }) => id)).to.deep.equal([used]);
  });
});
