import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { programmeRules } from '../../service/programme-rules.ts';
import { ConfigError, loadConfig, loadProgramme } from '../../config/load-config.ts';

const production = {
  NODE_ENV: 'production',
  BASE_URL: 'https://mentorat.example.org',
  MONGODB_URI: 'mongodb://db.example.org/mentorat?tls=true',
  SMTP_URL: 'smtp://mail.example.org:587',
  MAIL_FROM: 'Mentorat <mentorat@example.org>',
  MENTORAT_SECRET: 'a'.repeat(32),
};

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('settings', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'mentorat-config-'))));
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  it('need nothing for a trial: this machine, the embedded database, a secret of its own', () => {
    const config = loadConfig({ DATA_DIR: dataDir });
    expect(config).to.include({ environment: 'development', port: 3000, baseUrl: 'http://localhost:3000' });
    expect(config.mongodbUri).to.equal(undefined);
    expect(config.programme.labs.map(({ id }) => id)).to.deep.equal(['etis', 'liris', 'lix', 'stms', 'isir']);
  });

  it('make the secret of a trial once, readable by its owner only', () => {
    const first = loadConfig({ DATA_DIR: dataDir }).secret;
    expect(loadConfig({ DATA_DIR: dataDir }).secret).to.equal(first);
    expect(statSync(path.join(dataDir, 'secret')).mode & 0o777).to.equal(0o600);
  });

  it('follow the port in the address of a trial', () => {
    expect(loadConfig({ DATA_DIR: dataDir, PORT: '4010' }).baseUrl).to.equal('http://localhost:4010');
  });

  it('take an empty value as none', () => {
    expect(loadConfig({ DATA_DIR: dataDir, SMTP_URL: '', PORT: '' })).to.include({ port: 3000, smtpUrl: undefined });
  });

  it('split the sender into name and address', () => {
    const from = (text: string): unknown => loadConfig({ DATA_DIR: dataDir, MAIL_FROM: text }).mailFrom;
    expect(from('"Mentorat, ETIS" <m@etis.example>')).to.deep.equal({
      name: 'Mentorat, ETIS',
      address: 'm@etis.example',
    });
    expect(from('m@etis.example')).to.deep.equal({ name: 'Mentorat Dialogue', address: 'm@etis.example' });
  });

  it('are complete for production when the five that matter are given', () => {
    expect(loadConfig(production)).to.include({ environment: 'production', baseUrl: 'https://mentorat.example.org' });
  });

  const bad: [string, string][] = [
    ['NODE_ENV', 'prod'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['LISTEN_HOST', 'mentorat.example.org'],
    ['LISTEN_HOST', '127.0.0.1:3000'],
    ['ALLOW_PLAINTEXT_SMTP', 'true'],
    ['ALLOW_PLAINTEXT_MONGODB', '1'],
    ['BASE_URL', 'mentorat.example.org'],
    ['BASE_URL', 'https://mentorat.example.org/'],
    ['BASE_URL', 'http://mentorat.example.org'],
    ['TRUSTED_PROXIES', '10.0.0.2, yes'],
    ['MONGODB_URI', 'postgres://db'],
    ['SMTP_URL', 'mail.example.org'],
    ['MAIL_FROM', 'nobody'],
    ['MENTORAT_SECRET', 'short'],
    ['METRICS_TOKEN', 'short'],
    ['METRICS_TOKEN', 'long enough but with spaces'],
    ['LOG_LEVEL', 'loud'],
    ['PROGRAMME_FILE', '/nowhere/programme.json'],
  ];
  for (const [name, value] of bad) {
    it(`refuse ${name}=${value} with one sentence that names it`, () => {
      const sentence = refusalOf(() => loadConfig({ DATA_DIR: dataDir, [name]: value }));
      expect(sentence).to.match(new RegExp(`^${name}\\b[^\\n]+\\.$`));
    });
  }

  for (const name of ['BASE_URL', 'MONGODB_URI', 'SMTP_URL', 'MAIL_FROM', 'MENTORAT_SECRET']) {
    it(`refuse production without ${name}`, () => {
      expect(refusalOf(() => loadConfig({ ...production, [name]: undefined }))).to.match(
        new RegExp(`^${name} is required in production`),
      );
    });
  }

  it('refuse production over http', () => {
    expect(refusalOf(() => loadConfig({ ...production, BASE_URL: 'http://localhost:3000' }))).to.match(/^BASE_URL/);
  });

  it('say where to listen: an address of IPv4 or IPv6, all of them by default', () => {
    const hostOf = (host?: string) => loadConfig({ DATA_DIR: dataDir, LISTEN_HOST: host }).listenHost;
    expect([hostOf('127.0.0.1'), hostOf('::1'), hostOf('localhost'), hostOf()]).to.deep.equal([
      ...['127.0.0.1', '::1', 'localhost'],
      undefined,
    ]);
  });

  it('name what to write for a sign in the password of the mail server, and do not repeat it', () => {
    for (const password of ['hunt#er2', 'hunt?er2', 'hunt/er2', '12#34', '25?hunter2', '2525/hunter2']) {
      const value = `smtp://user:${password}@mail.example.org:587`;
      const sentence = refusalOf(() => loadConfig({ DATA_DIR: dataDir, SMTP_URL: value }));
      expect(sentence, password).to.match(/^SMTP_URL has a "#"[^\n]*%23, %3F or %2F[^\n]*\.$/);
      expect(sentence).not.to.include(password);
      const escaped = `smtp://user:${encodeURIComponent(password)}@mail.example.org:587`;
      expect(loadConfig({ DATA_DIR: dataDir, SMTP_URL: escaped }).smtpUrl).to.equal(escaped);
    }
  });

  const { MONGODB_URI: uri } = production;
  const secrets: [string, string, (config: ReturnType<typeof loadConfig>) => unknown][] = [
    ['MENTORAT_SECRET', 'b'.repeat(32), ({ secret }) => secret],
    ['MONGODB_URI', `${uri}&replicaSet=rs0`, ({ mongodbUri }) => mongodbUri],
    ['SMTP_URL', 'smtps://user:hunter2@mail.example.org', ({ smtpUrl }) => smtpUrl],
    ['METRICS_TOKEN', 'a-token-of-the-tests-only', ({ metricsToken }) => metricsToken],
  ];
  for (const [name, value, valueOf] of secrets) {
    it(`take ${name} from the file of ${name}_FILE, without the line break at its end`, () => {
      const file = path.join(dataDir, 'secret-of-a-test');
      const env = { ...production, [name]: undefined, [`${name}_FILE`]: file };
      for (const end of ['', '\n', '\r\n']) {
        writeFileSync(file, value + end, { mode: 0o600 });
        expect(valueOf(loadConfig(env))).to.equal(value);
      }
      expect(loadConfig(env).readableByAll).to.deep.equal([]);
      chmodSync(file, 0o644);
      expect(loadConfig(env).readableByAll).to.deep.equal([`${name}_FILE`]);
      const both = refusalOf(() => loadConfig({ ...env, [name]: value }));
      expect(both).to.equal(`${name}_FILE and ${name} are both given: keep one of them.`);
      writeFileSync(file, '\n');
      expect(refusalOf(() => loadConfig(env))).to.equal(`${name}_FILE: ${file} is empty.`);
      writeFileSync(file, 'hunter2 x');
      expect(refusalOf(() => loadConfig(env)))
        .to.match(new RegExp(`^${name} `))
        .and.not.include('hunter2');
      rmSync(file);
      expect(refusalOf(() => loadConfig(env))).to.equal(`${name}_FILE: ${file} cannot be read.`);
    });
  }

  const clear = [
    ...['mongodb://db.example.org/mentorat', 'mongodb://127.0.0.1/mentorat', 'mongodb://localhost:27017/x'],
    ...['mongodb://db/x?tls=false', 'mongodb://db/x?ssl=false', 'mongodb://db/x?tls=true&ssl=false'],
    ...[
      'mongodb+srv://db.example.org/x?tls=false',
      'mongodb+srv://db.example.org/x?SSL=false',
      'mongodb://db/x?a=tls=true',
    ],
    ...['mongodb://db/x#?tls=true', 'mongodb://db/x?w=1#&tls=true', 'mongodb://%2Ftmp%2Fm.sock,db.example.org/x'],
  ];
  const unchecked = ['tlsInsecure', 'tlsAllowInvalidCertificates', 'TLSALLOWINVALIDHOSTNAMES'].map(
    (name) => `mongodb://db/x?tls=true&${name}=true`,
  );
  for (const address of [...clear, ...unchecked]) {
    it(`refuse ${address} in production unless ALLOW_PLAINTEXT_MONGODB accepts it`, () => {
      const env = { ...production, MONGODB_URI: address };
      expect(refusalOf(() => loadConfig(env))).to.match(/^MONGODB_URI must [^\n]*ALLOW_PLAINTEXT_MONGODB=yes[^\n]*\.$/);
      const { acceptedRisks } = loadConfig({ ...env, ALLOW_PLAINTEXT_MONGODB: 'yes' });
      expect(acceptedRisks).to.deep.equal(['ALLOW_PLAINTEXT_MONGODB']);
      expect(loadConfig({ ...env, NODE_ENV: 'development' }).mongodbUri).to.equal(address);
    });
  }

  const sealed = [
    ...['mongodb+srv://user:p%40ss@db.example.org/x', 'mongodb://db/x?tls=true', 'mongodb://db/x?w=1&ssl=true'],
    ...[
      'mongodb://db/x?TLS=true',
      'mongodb://db/x?tls=true&tlsInsecure=false',
      'mongodb://%2Ftmp%2Fmongodb-27017.sock/x',
    ],
  ];
  for (const address of sealed) {
    it(`take ${address} in production`, () => {
      expect(loadConfig({ ...production, MONGODB_URI: address })).to.deep.include({
        acceptedRisks: [],
        mongodbUri: address,
      });
    });
  }

  it('require TLS of the mail server in production unless ALLOW_PLAINTEXT_SMTP accepts the risk', () => {
    expect(loadConfig(production).requireSmtpTls).to.equal(true);
    expect(loadConfig({ ...production, ALLOW_PLAINTEXT_SMTP: 'yes' }).requireSmtpTls).to.equal(false);
    expect(loadConfig({ ...production, NODE_ENV: 'development' }).requireSmtpTls).to.equal(false);
    for (const option of ['tls.rejectUnauthorized=false', 'ignoreTLS=true', 'requireTLS=false', 'secured=true']) {
      const env = { ...production, SMTP_URL: `smtp://mail.example.org?${option}` };
      expect(refusalOf(() => loadConfig(env))).to.match(/^SMTP_URL must not hold [^\n]*ALLOW_PLAINTEXT_SMTP=yes/);
    }
  });

  it('never repeat a secret value in the sentence', () => {
    const sentence = refusalOf(() => loadConfig({ DATA_DIR: dataDir, MENTORAT_SECRET: 'hunter2', SMTP_URL: 'x' }));
    expect(sentence).not.to.contain('hunter2');
  });
});

describe('the programme file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'mentorat-programme-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const lab = { id: 'lab', name: 'Lab', entryUrl: 'https://lab.example/' };
  const load = (content: unknown): ReturnType<typeof loadProgramme> => {
    const file = path.join(folder, 'programme.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return loadProgramme(file);
  };

  it('gives a lab the usual zone and closures', () => {
    const [only] = load({ labs: [lab] }).labs;
    expect(only).to.deep.include({ zone: 'Europe/Paris' });
    expect(only?.closures).to.deep.equal([
      { from: '08-01', to: '08-25' },
      { from: '12-22', to: '01-03' },
    ]);
  });

  it('gives a lab the holidays of its zone, or those that it names', () => {
    const holidaysOf = (facts: object): unknown => load({ labs: [{ ...lab, ...facts }] }).labs[0]?.holidays;
    expect(holidaysOf({})).to.equal('france');
    expect(holidaysOf({ zone: 'Indian/Reunion' })).to.equal('france');
    expect(holidaysOf({ zone: 'Europe/Berlin' })).to.equal('none');
    expect(holidaysOf({ holidays: 'alsace-moselle' })).to.equal('alsace-moselle');
    expect(holidaysOf({ holidays: 'none' })).to.equal('none');
  });

  it('takes closures of one year beside those of each year, to the leap day', () => {
    const closures = [
      { from: '12-22', to: '01-03' },
      { from: '2028-02-29', to: '2028-03-03' },
      { from: '2028-07-14', to: '2028-07-14' },
    ];
    expect(load({ labs: [{ ...lab, closures }] }).labs[0]?.closures).to.deep.equal(closures);
  });

  it('brings holidays and closures into the calendar of each lab', () => {
    const closures = [{ from: '2027-03-01', to: '2027-03-05' }];
    const { labs } = programmeRules(load({ labs: [{ ...lab, holidays: 'alsace-moselle', closures }] }));
    expect(labs.get('lab')?.calendar).to.deep.equal({ zone: 'Europe/Paris', holidays: 'alsace-moselle', closures });
  });

  it('is read with a byte order mark, as some editors write it', () => {
    expect(load(`\uFEFF${JSON.stringify({ labs: [lab] })}`).labs).to.have.length(1);
  });

  it('changes one delay and keeps the others', () => {
    const { proposal } = load({ labs: [lab], delays: { proposal: { lapse: 10 } } }).delays;
    expect(proposal.map(({ afterDays }) => afterDays)).to.deep.equal([3, 6, 10]);
  });

  it('has every result of the matching checked up to 20,000 requests, and above one in ten, unless it says otherwise', () => {
    expect(load({ labs: [lab] }).verify).to.deep.equal({ upTo: 20_000, thenOneIn: 10 });
    expect(load({ labs: [lab], verify: { thenOneIn: 1 } }).verify).to.deep.equal({ upTo: 20_000, thenOneIn: 1 });
    expect(refusalOf(() => load({ labs: [lab], verify: { thenOneIn: 0 } }))).to.match(/verify\.thenOneIn/);
  });

  it('writes to a coordinator in French unless it says otherwise', () => {
    const who = { issuer: 'i', role: 'lab_coordinator', lab: 'lab', email: 'c@lab.example' };
    const coordinators = [
      { ...who, subject: 's' },
      { ...who, subject: 't', locale: 'en' },
    ];
    expect(load({ labs: [lab], coordinators }).coordinators.map(({ locale }) => locale)).to.deep.equal(['fr', 'en']);
  });

  const bad: [string, unknown, RegExp][] = [
    ['what is not JSON', '{', /is not valid JSON/],
    ['no lab at all', { labs: [] }, /labs: needs at least one lab/],
    ['an unknown key', { labs: [{ ...lab, colour: 'red' }] }, /labs\[0\] holds the unknown key colour/],
    ['two labs of one name', { labs: [lab, lab] }, /labs\[1\]\.id: names lab twice/],
    ['a closure on no day', { labs: [{ ...lab, closures: [{ from: '13-01', to: '01-03' }] }] }, /closures\[0\]\.from/],
    [
      'a lab that is never open',
      { labs: [{ ...lab, closures: [{ from: '01-01', to: '12-31' }] }] },
      /labs\[0\]\.closures: must leave the lab open on some day of the year/,
    ],
    [
      'a lab that is open on a public holiday alone',
      { labs: [{ ...lab, closures: [{ from: '05-02', to: '04-30' }] }] },
      /labs\[0\]\.closures: must leave the lab open on some day of the year/,
    ],
    [
      'holidays that are none of the list',
      { labs: [{ ...lab, holidays: 'alsace' }] },
      /labs\[0\]\.holidays: must be one of none, france, alsace-moselle\.$/,
    ],
    [
      'a closure on a date that does not exist',
      { labs: [{ ...lab, closures: [{ from: '2027-02-29', to: '2027-03-01' }] }] },
      /closures\[0\]\.from: must be a day of each year such as 08-01, or a date such as 2027-03-01\.$/,
    ],
    [
      'a closure from a day of each year to a date',
      { labs: [{ ...lab, closures: [{ from: '03-01', to: '2027-03-05' }] }] },
      /closures\[0\]: must have two days of each year, or two dates\.$/,
    ],
    [
      'a dated closure that ends before it begins',
      { labs: [{ ...lab, closures: [{ from: '2027-03-05', to: '2027-03-01' }] }] },
      /closures\[0\]: must not end before it begins\.$/,
    ],
    [
      'a dated closure of a century',
      { labs: [{ ...lab, closures: [{ from: '2027-03-01', to: '2127-03-05' }] }] },
      /closures\[0\]: must be a year at most\.$/,
    ],
    ['a zone that does not exist', { labs: [{ ...lab, zone: 'Mars/Base' }] }, /labs\[0\]\.zone/],
    [
      'a contact nobody can reach',
      { labs: [{ ...lab, referral: [{ employer: 'E', contacts: [{ role: 'mediator' }] }] }] },
      /referral\[0\]\.contacts\[0\]/,
    ],
    ['a video server over http', { labs: [lab], videoRoomBase: 'http://visio.example' }, /videoRoomBase: must be/],
    ['a room without a place', { labs: [lab], videoRoomBase: 'https://x.example/?r=1' }, /videoRoomBase: needs/],
    ['delays that go backwards', { labs: [lab], delays: { proposal: { lapse: 2 } } }, /delays\.proposal: must grow/],
    [
      'a coordinator of an unknown lab',
      { labs: [lab], coordinators: [{ issuer: 'i', subject: 's', role: 'lab_coordinator', lab: 'other' }] },
      /coordinators\[0\]\.lab: other is no lab/,
    ],
    [
      'a coordinator whose address is none',
      { labs: [lab], coordinators: [{ issuer: 'i', subject: 's', role: 'cross_lab_coordinator', email: 'nobody' }] },
      /coordinators\[0\]\.email: must be an e-mail address/,
    ],
    [
      'a lab coordinator without a lab',
      { labs: [lab], coordinators: [{ issuer: 'i', subject: 's', role: 'lab_coordinator' }] },
      /coordinators\[0\]\.lab/,
    ],
  ];
  for (const [what, content, words] of bad) {
    it(`is refused for ${what}, in one sentence that says where`, () => {
      const sentence = refusalOf(() => load(content));
      expect(sentence).to.match(/^PROGRAMME_FILE: [^\n]+\.$/);
      expect(sentence).to.match(words);
    });
  }
});
