import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { memberOf, requestOf } from '../../service/demo/factories.ts';
import { connect, createStore } from '../../service/store/index.ts';
import { secret, useCommandLine } from '../support/command-line.ts';

describe('npm run mentorat -- rules', function () {
  this.timeout(300_000);
  this.slow(15_000);
  const { database, folder, ...line } = useCommandLine();
  const mentorat = (...words: string[]): ReturnType<typeof line.mentorat> => line.mentorat(words);
  const fileOf = (name: string, text: string): string => {
    writeFileSync(path.join(folder(), name), text);
    return path.join(folder(), name);
  };

  it('shows rules that can be changed in an editor, tried without a trace, and put in force', async () => {
    const shown = await mentorat('rules', 'show');
    expect(shown.code).to.equal(0);
    const rules = JSON.parse(shown.out) as object;
    const file = fileOf('strict.json', JSON.stringify({ ...rules, version: 'strict', floor: 60 }));
    const tried = await mentorat('rules', 'try', '--file', file);
    expect(tried.out).to.include('in force (1)').and.include('tried (strict)').and.include('Nothing was written.');
    expect((await mentorat('rules', 'save', '--file', file)).out).to.equal(
      'Rules strict are in force from the next run on.\n',
    );
    expect(JSON.parse((await mentorat('rules', 'show')).out)).to.deep.equal({ ...rules, version: 'strict', floor: 60 });
  });

  it('tells before anything is saved what other rules would change for those who wait, and leaves all as it is', async () => {
    const connection = await connect(database.uri());
    const { members, requests } = createStore(connection, secret);
    const [mentor, mentee] = [memberOf({ labId: 'lix', offer: {} }), memberOf()];
    for (const member of [mentor, mentee]) await members.insert(member);
    await requests.insert(requestOf({ memberId: mentee.id }));
    const before = (await mentorat('rules', 'show')).out;
    const unreachable = { ...(JSON.parse(before) as object), version: 'unreachable', floor: 100 };
    const tried = await mentorat('rules', 'try', '--file', fileOf('unreachable.json', JSON.stringify(unreachable)));
    expect(tried.out).to.match(/^served +1 +0$/m);
    expect(tried.out).to.include('0 requests would be served in addition, 1 no longer, 0 by another mentor.');
    expect((await mentorat('rules', 'show')).out).to.equal(before);
    for (const name of ['runs', 'proposals', 'outbox']) {
      expect(await connection.collection(name).countDocuments(), name).to.equal(0);
    }
    await connection.close();
  });

  it('says in one sentence what is wrong with a file', async () => {
    const wrong = [
      [fileOf('unsound.json', '{"version":1}'), /"version" must be a string\.$/m],
      [fileOf('broken.json', '{'), /is not JSON\.$/m],
      [path.join(folder(), 'nowhere.json'), /cannot be read\.$/m],
    ] as const;
    const answers = await Promise.all(wrong.map(([file]) => mentorat('rules', 'try', '--file', file)));
    answers.forEach(({ code, err }, index) => {
      expect(code).to.equal(1);
      expect(err.trim().split('\n')).to.have.length(1);
      expect(err).to.match(wrong[index]![1]);
    });
  });
});
