// The registry in memory, when the database is slow, away, or changed by another process.
import { expect } from 'chai';
import type { Registration, RegistrationStore } from '../../../lti/index.ts';
import { createErrorLog } from '../../../lti/log/index.ts';
import { createRegistry } from '../../../lti/tool/registry.ts';
import { registrationOf } from '../support/registration.ts';

const registration = (clientId: string): Registration => registrationOf({ id: clientId, clientId });

describe('lti/tool registry', () => {
  const said: string[] = [];
  const say = (_fields: object, message: string): void => void said.push(message);
  const errors = createErrorLog({ logger: { error: say } });
  let reads = 0;
  let all: () => Promise<Registration[]>;
  const unused = (): Promise<void> => Promise.resolve();
  const registrations: RegistrationStore = {
    list: () => {
      reads += 1;
      return all();
    },
    ...{
      insert: unused,
      approve: unused,
      reject: unused,
      setActive: unused,
      saveDeployment: unused,
      notePending: unused,
      note: unused,
      remove: unused,
    },
  };

  beforeEach(() => {
    [reads, said.length] = [0, 0];
    all = () => Promise.resolve([registration('a')]);
  });

  it('reads once for all who ask together, and not again for those who follow', async () => {
    const registry = createRegistry({ registrations, errors });
    const found = await Promise.all(Array.from({ length: 16 }, () => registry.find('a')));
    expect(found.every((one) => one?.clientId === 'a')).to.be.true;
    await registry.findAll('https://i.example', 'a');
    expect(reads).to.equal(1);
  });

  it('finds at once what another process has just added', async () => {
    const registry = createRegistry({ registrations, errors });
    await registry.find('a');
    all = () => Promise.resolve([registration('a'), registration('b')]);
    expect((await registry.find('b'))?.clientId).to.equal('b');
  });

  it('lives on what it knows while the database is away, and says so', async () => {
    const registry = createRegistry({ registrations, errors });
    await registry.find('a');
    all = () => Promise.reject(new Error('away'));
    registry.forget();
    expect((await registry.find('a'))?.clientId).to.equal('a');
    expect(said).to.have.lengthOf(1);
  });

  it('fails when it has never read anything', async () => {
    all = () => Promise.reject(new Error('away'));
    const registry = createRegistry({ registrations, errors });
    expect(await registry.find('a').then(() => 'found', String)).to.include('away');
  });

  it('does not keep what was read before a change that was made here', async () => {
    const registry = createRegistry({ registrations, errors });
    let answer: (all: Registration[]) => void = () => undefined;
    all = () => new Promise((resolve) => (answer = resolve));
    const early = registry.list();
    registry.forget();
    all = () => Promise.resolve([registration('a'), registration('b')]);
    const late = registry.list();
    answer([]);
    await early;
    expect(await late).to.have.lengthOf(2);
    expect(await registry.list()).to.have.lengthOf(2);
  });
});
