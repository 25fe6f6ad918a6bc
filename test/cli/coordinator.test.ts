// Coordinators from the terminal: invited, listed, taken out of office.
import { expect } from 'chai';
import { useCommandLine } from '../support/command-line.ts';

describe('npm run mentorat -- coordinator', function () {
  this.timeout(600_000);
  const { database, mentorat } = useCommandLine();
  const invite = (...words: string[]) => mentorat(['coordinator', 'invite', ...words]);
  const listed = async () => (await mentorat(['coordinator', 'list'])).out;

  it('makes a link for a lab or for all, good for fourteen days', async () => {
    for (const [words, whose] of [
      [['--lab', 'liris'], 'liris'],
      [['--all-labs', '--name', 'Noa Nouvelle', '--email', 'noa@lix.example', '--language', 'en'], 'all labs'],
    ] as const) {
      const { code, out, err } = await invite(...words);
      expect(code, err).to.equal(0);
      expect(out).to.match(/^https?:\/\/\S+\/coordinator\/[\w-]{43}\n/u);
      const until = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
      expect(out).to.include(`Good once, until ${until}`).and.include(`coordinates ${whose}`);
    }
    expect(await listed())
      .to.match(/liris +invited +\d{4}-\d\d-\d\d +link/u)
      .and.include('Noa Nouvelle')
      .and.not.include('noa@lix.example');
  });

  it('asks for what is missing or wrong, and makes nothing', async () => {
    const before = await listed();
    for (const [words, sentence] of [
      [[], 'Give either --lab or --all-labs.'],
      [['--lab', 'liris', '--all-labs'], 'Give either --lab or --all-labs.'],
      [['--lab', 'mars'], '--lab must be one of'],
      [['--all-labs', '--email', 'nobody'], '--email must be an e-mail address.'],
      [['--all-labs', '--language', 'de'], '--language must be one of fr, en.'],
    ] as const) {
      const { code, err } = await invite(...words);
      expect(code, err).to.equal(2);
      expect(err).to.include(sentence);
    }
    expect(await listed()).to.equal(before);
  });

  it('takes a right away by the id that the list shows, and says when there is none', async () => {
    const [id = ''] = /^\S{22}(?= +all_labs)/mu.exec(await listed()) ?? [];
    const { code, out, err } = await mentorat(['coordinator', 'revoke', '--id', id, '--by', 'Hedy Host']);
    expect(code, err).to.equal(0);
    expect(out).to.include('The right is taken away.');
    expect(await listed())
      .to.match(/all_labs +revoked/u)
      .and.not.include('Noa Nouvelle');
    const unknown = await mentorat(['coordinator', 'revoke', '--id', 'nothing']);
    expect(unknown.code).to.equal(1);
    expect(unknown.err).to.include('There is no appointment of this id');
    const trail = await mentorat(['trail', '--act', 'coordinator_revoked']);
    expect(trail.out).to.match(/Hedy Host +all_labs/u);
  });

  it('lets no name give orders to a terminal, or make rows, also in the trail', async () => {
    const orders = 'Ada\u001b[2J\u001b]0;owned\u0007\nfake  row';
    const { code, out } = await invite('--lab', 'etis', '--name', orders, '--by', `Grace\u001b[8m Hopper`);
    expect(code).to.equal(0);
    const rows = (await listed()).split('\n').filter((line) => line.includes('owned'));
    expect(rows).to.have.length(1);
    const trail = (await mentorat(['trail', '--act', 'coordinator_invited'])).out;
    expect(trail).to.match(/Grace.*Hopper/u);
    for (const text of [out, rows[0], trail]) expect(text).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f]/u);
  });

  it('keeps no secret of a link', async () => {
    const { out } = await invite('--lab', 'etis');
    const token = /coordinator\/([\w-]{43})/u.exec(out)?.[1] ?? '';
    const { MongoClient } = await import('mongodb');
    const client = await MongoClient.connect(database.uri());
    try {
      const kept = JSON.stringify(await client.db().collection('appointments').find().toArray());
      expect(kept).to.include('etis').and.not.include(token);
    } finally {
      await client.close();
    }
  });
});
