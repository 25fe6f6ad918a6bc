// Exclusions from the terminal: listed, decided, lifted.
import { expect } from 'chai';
import { memberOf } from '../../service/demo/factories.ts';
import { connect, createStore } from '../../service/store/index.ts';
import { askExclusion } from '../../service/usecases/ask-exclusion.ts';
import { secret, useCommandLine } from '../support/command-line.ts';

const email = 'harasser@etis.example';

describe('npm run mentorat -- exclusion', function () {
  this.timeout(600_000);
  const { database, mentorat } = useCommandLine();
  const list = async () => (await mentorat(['exclusion', 'list'])).out;
  const decide = (...words: string[]) => mentorat(['exclusion', 'decide', ...words]);
  let ids = 0;

  async function withStore<T>(act: (store: ReturnType<typeof createStore>) => Promise<T>): Promise<T> {
    const connection = await connect(database.uri());
    try {
      return await act(createStore(connection, secret));
    } finally {
      await connection.close();
    }
  }

  /** Asked for in a case of its own; the request's id. */
  const asked = (address: string): Promise<string> =>
    withStore(async (store) => {
      const [now, n] = [new Date(), (ids += 1)];
      const about = {
        id: `case-${n}`,
        key: `key-${n}`,
        kind: 'asked',
        labId: 'etis',
        memberId: `victim-${n}`,
      } as const;
      const times = { openedAt: now, quietSince: now, due: { step: 'case_reminder_1', at: now } };
      await store.cases.insert({ ...about, ...times, status: 'open', messages: [] });
      const ports = { ...store, newId: () => `exclusion-${n}`, clock: { now: () => now } };
      const by = { coordinator: { role: 'lab_coordinator', labId: 'etis' }, caseId: about.id } as const;
      // Nothing else of the ports is asked for.
      await askExclusion(ports as unknown as Parameters<typeof askExclusion>[0], {
        ...by,
        reason: 'threats',
        email: address,
      });
      return `exclusion-${n}`;
    });
  const statusOf = (id: string) => withStore(async ({ members }) => (await members.find(id))?.status);

  it('says that nothing waits', async () => {
    await mentorat(['coordinator', 'list']);
    expect(await list()).to.equal('Nothing waits for a decision, and nobody is excluded.\n');
  });

  it('lists what waits, with the address and how many have it; excludes, and tells of nobody any more; lifts', async () => {
    const id = await asked(email);
    const member = memberOf({ email });
    await withStore(({ members, hasher }) =>
      members.insert({ ...member, ties: { ...member.ties, self: [hasher.email(email)] } }),
    );
    expect(await list()).to.match(new RegExp(`${id} +asked .*threats +${email} +1`, 'u'));

    const made = await decide('--id', id, '--exclude', '--by', 'Hedy Host');
    expect(made.code, made.err).to.equal(0);
    expect(made.out).to.include('Excluded: out of the matching');
    expect(await statusOf(member.id)).to.equal('excluded');
    expect(await list())
      .to.match(new RegExp(`${id} +in force`, 'u'))
      .and.not.include(email);
    expect((await decide('--id', id, '--exclude')).code).to.equal(0);

    const { code, out } = await mentorat(['exclusion', 'lift', '--id', id, '--by', 'Hedy Host']);
    expect(code).to.equal(0);
    expect(out).to.include('The exclusion is lifted');
    expect(await statusOf(member.id)).to.equal('active');
    const trail = (await mentorat(['trail'])).out;
    expect(trail).to.match(/exclusion_lifted .*Hedy Host .*threats/u);
    expect(trail)
      .to.match(/exclusion_made .*Hedy Host .*threats/u)
      .and.not.include(email);
  });

  it('refuses a request, and the address is gone', async () => {
    const id = await asked('other@etis.example');
    const { code, out } = await decide('--id', id, '--refuse');
    expect(code).to.equal(0);
    expect(out).to.include('The request is refused');
    expect(await list()).to.not.include('other@etis.example');
    const { code: late, err } = await decide('--id', id, '--exclude');
    expect(late).to.equal(1);
    expect(err).to.include('This was decided otherwise already');
  });

  it('asks for what is missing, and says when there is none of this id', async () => {
    for (const words of [[], ['--exclude', '--refuse']]) {
      const { code, err } = await decide('--id', 'nothing', ...words);
      expect(code).to.equal(2);
      expect(err).to.include('Give either --exclude or --refuse.');
    }
    for (const words of [
      ['decide', '--id', 'nothing', '--refuse'],
      ['lift', '--id', 'nothing'],
    ]) {
      const { code, err } = await mentorat(['exclusion', ...words]);
      expect(code).to.equal(1);
      expect(err).to.include('There is no exclusion of this id');
    }
  });
});
