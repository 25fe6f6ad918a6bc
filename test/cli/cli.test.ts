import { expect } from 'chai';
import { runChild } from '../support/child.ts';
import { ownPort } from '../support/ports.ts';
import { useCommandLine, type Said } from '../support/command-line.ts';
import { useSmtp } from '../support/smtp.ts';

const moodle = [
  ['--name', 'Moodle of ETIS'],
  ['--issuer', 'https://moodle.etis.example'],
  ['--client-id', 'abc'],
  ['--authorization-url', 'https://moodle.etis.example/auth'],
  ['--token-url', 'https://moodle.etis.example/token'],
  ['--keyset-url', 'https://moodle.etis.example/certs'],
].flat();

describe('npm run mentorat', function () {
  this.timeout(300_000);
  this.slow(10_000);
  const { database, ...line } = useCommandLine();
  const smtp = useSmtp();
  const mentorat = (words: string, ...more: string[]): Promise<Said> =>
    line.mentorat([...words.split(' ').filter(Boolean), ...more], { SMTP_URL: smtp.url() });

  for (const command of [
    '',
    'platform',
    'platform invite',
    'platform add',
    'platform list',
    'platform show',
    'platform approve',
    'platform reject',
    'deployment approve',
    'keys rotate',
    'admin link',
    'trail',
    'match',
    'jobs',
    'doctor',
  ]) {
    it(`explains itself with --help${command === '' ? '' : ` after "${command}"`} and exit code 0`, async () => {
      const { code, out, err } = await mentorat(command, '--help');
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      expect(out).to.match(/^Usage: npm run mentorat -- /);
    });
  }

  const misunderstood: [string, string[], RegExp][] = [
    ['an unknown command', ['fly'], /^There is no command "fly"\./],
    ['an unknown option', ['match', '--fast'], /--fast/],
    ['a missing option', ['platform', 'add', '--name', 'x'], /^--issuer is missing\./],
    [
      'a lab that does not exist',
      ['platform', 'add', ...moodle, '--lab', 'mars', '--deployment', '1'],
      /^--lab must be one of etis/,
    ],
    [
      'a deployment without its lab',
      ['platform', 'add', ...moodle, '--deployment', '1'],
      /^--lab and --deployment go together/,
    ],
    [
      'an address without https',
      ['platform', 'add', ...moodle, '--token-url', 'http://moodle.etis.example'],
      /--token-url/,
    ],
    ['a link for nobody', ['admin', 'link'], /^--name is missing/],
    ['a link for what is no name', ['admin', 'link', '--name', '7'], /^--name must be the name/],
    ['a seed that is no number', ['match', '--seed', 'x'], /^--seed must be/],
  ];
  for (const [what, words, sentence] of misunderstood) {
    it(`answers ${what} with one sentence and exit code 2`, async () => {
      const { code, err, out } = await mentorat('', ...words);
      expect({ code, out }).to.deep.equal({ code: 2, out: '' });
      expect(err)
        .to.match(sentence)
        .and.to.match(/^[^\n]+\n$/);
    });
  }

  it('connects a platform, tells what to copy into it, and refuses it a second time', async () => {
    const added = await mentorat('platform add', ...moodle);
    expect(added.code, added.err).to.equal(0);
    expect(added.out).to.include('/lti/login').and.to.include('/lti/launch').and.to.include('/lti/keys');
    const again = await mentorat('platform add', ...moodle);
    expect(again.code).to.equal(1);
    expect(again.err).to.match(/^A platform with this issuer and client id is connected already[^\n]+\n$/);
  });

  it('gives a deployment to a lab, and shows it with its platform', async () => {
    const id = /^(\S{16})  Moodle of ETIS/m.exec((await mentorat('platform list')).out)?.[1] ?? '';
    const approved = await mentorat('deployment approve', '--platform', id, '--deployment', '7', '--lab', 'etis');
    expect(approved.code, approved.err).to.equal(0);
    expect((await mentorat('platform list')).out)
      .to.include('7 (etis)')
      .and.to.include('ready');
    const unknown = await mentorat('deployment approve', '--platform', 'nothing', '--deployment', '7', '--lab', 'etis');
    expect(unknown.code).to.equal(1);
    expect(unknown.err).to.match(/^No platform has this id/);
  });

  for (const id of ['-U5bS7aR_x3kQ0aZ', '--5bS7aR_x3kQ0aZ', '-h5bS7aR_x3kQ0aZ']) {
    it(`takes ${id} for an id, since one in 64 begins with a dash`, async () => {
      const { code, err } = await mentorat(
        'deployment approve',
        '--platform',
        id,
        '--deployment',
        '7',
        '--lab',
        'etis',
      );
      expect({ code, err }).to.deep.equal({
        code: 1,
        err: 'No platform has this id, or it is not in that state: see "platform list".\n',
      });
    });
  }

  it('asks for the text of an option that another one follows', async () => {
    const { code, err } = await mentorat('deployment approve', '--platform', '--deployment', '7', '--lab', 'etis');
    expect(code).to.equal(2);
    expect(err).to.match(/^Option '--platform' argument is ambiguous\. Try --help\.\n$/);
  });

  it('makes a link to the administrators’ pages that leads to this service', async () => {
    const { code, out, err } = await mentorat('admin link', '--name', 'Ada Admin');
    expect(code, err).to.equal(0);
    expect(out).to.match(/^http:\/\/localhost:3000\/\S+\nGood once, until \d\d:\d\d:\d\d/);
  });

  it('makes an invitation for a lab, with its token in the link only', async () => {
    const { code, out, err } = await mentorat('platform invite', '--lab', 'lix');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out).to.match(/^http:\/\/localhost:3000\/lti\/register\/[\w-]{20,}\n/);
  });

  it('refuses to rotate to a key that platforms may not know yet, with exit code 1', async () => {
    const { code, err } = await mentorat('keys rotate');
    expect(code).to.equal(1);
    expect(err).to.match(/^Platforms may not know the next key yet: rotate after \d{4}-\d\d-\d\dT/);
  });

  it('previews a matching run without proposing anything, the same for the same seed', async () => {
    const [one, other] = [
      await mentorat('match', '--dry-run', '--seed', '7'),
      await mentorat('match', '--dry-run', '--seed', '7'),
    ];
    expect(one.code, one.err).to.equal(0);
    expect(one.out).to.include('Nothing was proposed (dry run).').and.to.include('Seed 7');
    const steady = (text: string): string => text.replace(/\d+ ms/, '');
    expect(steady(other.out)).to.equal(steady(one.out));
    expect(await database.connection().collection('proposals').countDocuments()).to.equal(0);
  });

  it('tells what is due', async () => {
    const { code, out } = await mentorat('jobs');
    expect(code).to.equal(0);
    expect(out)
      .to.match(/^ +0 proposals due$/m)
      .and.to.match(/^ +0 mails due/m);
  });

  it('finds everything sound in doctor on a database that was prepared', async () => {
    const { code, out } = await mentorat('doctor');
    expect(out).not.to.include('failed');
    for (const subject of ['database', 'version', 'clock', 'indexes', 'platforms', 'secret', 'mail']) {
      expect(out, subject).to.match(new RegExp(`^ok +${subject} `, 'm'));
    }
    expect(code).to.equal(0);
  });

  it('says in doctor what to do when mail and database are away, with exit code 1', async () => {
    const port = await ownPort();
    const env = { MONGODB_URI: `mongodb://localhost:${port}/none`, SMTP_URL: `smtp://localhost:${port}` };
    const { code, out } = await line.mentorat(['doctor'], env);
    expect(code).to.equal(1);
    expect(out).to.match(/^failed +database +does not answer: check MONGODB_URI/m);
    expect(out).to.match(/^failed +mail +.*check address/m);
  });

  it('names the setting that stops it, in one sentence and without a trace, as a process of its own', async () => {
    const { code, err } = await runChild('service/cli/main.ts', ['doctor'], { PORT: 'http' });
    expect(code).to.equal(1);
    expect(err).to.match(/^PORT must be[^\n]+\n$/);
  });
});
