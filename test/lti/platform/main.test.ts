import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError, readConfig, type PlatformConfig } from '../../../lti/platform/config.ts';
import { createErrorLog } from '../../../lti/log/index.ts';
import { startPlatform } from '../../../lti/platform/process.ts';
import { built } from '../../support/child.ts';
import { startProvider, client } from './provider.ts';
import { MovingClock, tool } from './support.ts';

const unguarded = { kind: 'header', addresses: ['127.0.0.1'], headers: { subject: 'X-Remote-User' } };
const secret = 'the-secret-that-the-proxy-and-the-module-share';
const header = { ...unguarded, secretFile: 'proxy-secret.txt' };
const plain = { issuer: 'https://intranet.etis.example/lti', listen: { port: 0 }, tools: [tool], identity: header };

// A child's coverage has other offsets than ours for the same files; merged they would spoil both.
const env = { ...process.env, NODE_V8_COVERAGE: '' };
const startMain = (...given: string[]) => spawn(process.execPath, [built('lti/platform/main.ts'), ...given], { env });

describe('the stand-alone platform', function () {
  // Children take their time to start on a busy machine.
  this.timeout(300_000);
  let folder = '';
  let files = 0;
  const logged: object[] = [];
  const errors = createErrorLog({ logger: { error: (facts) => void logged.push(facts) } });
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'platform-main-'));
    await writeFile(join(folder, 'proxy-secret.txt'), `${secret}\n`, { mode: 0o600 });
  });
  after(() => rm(folder, { recursive: true }));

  async function written(content: unknown): Promise<string> {
    files += 1;
    const path = join(folder, `platform-${files}.json`);
    const full = typeof content === 'object' ? { dataFolder: `data-${files}`, ...content } : content;
    await writeFile(path, typeof full === 'string' ? full : JSON.stringify(full));
    return path;
  }

  async function running(
    content: object,
    deed: (base: string, config: PlatformConfig) => Promise<void>,
  ): Promise<void> {
    const config = readConfig(await written(content));
    logged.length = 0;
    const { port, stop } = await startPlatform(config, new MovingClock(), errors);
    try {
      await deed(`http://127.0.0.1:${port}`, config);
    } finally {
      await stop();
    }
  }

  const ask = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers, redirect: 'manual' });
  const named = (user: string) => ({ 'X-Remote-User': user, 'X-Intranet-Secret': secret });

  it('starts from one file, launches a person the proxy names, and stops on SIGTERM', async () => {
    const path = await written(plain);
    const child = startMain('--config', path);
    const exit = once(child, 'exit');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const port = /:(\d+)\.$/m.exec(line.toString())?.[1];
    expect(line.toString()).to.include('https://intranet.etis.example/lti listens on 127.0.0.1:');
    const base = `http://127.0.0.1:${port}`;
    expect((await ask(`${base}/health`)).status).to.equal(200);
    const launch = await ask(`${base}/lti/start/mentorat`, named('ada'));
    expect(launch.status).to.equal(303);
    expect(launch.headers.get('location')).to.match(/^https:\/\/tool\.example\/lti\/login\?/);
    expect((await ask(`${base}/lti/start/mentorat`)).status).to.equal(401);
    child.kill('SIGTERM');
    expect(await exit).to.deep.equal([0, null]);
  });

  it('starts for a header only if a secret or a Unix socket tells the proxy from another process, or on a trial', async () => {
    const sentence =
      /^identity: any process of the proxy’s machine could name anybody: [^\n]+docs\/intranet\.md says how\.$/;
    expect(await refusal({ ...plain, identity: unguarded })).to.match(sentence);
    await running({ ...plain, issuer: 'http://localhost:3200/lti', identity: unguarded }, async (base) => {
      expect((await ask(`${base}/lti/start/mentorat`, { 'X-Remote-User': 'ada' })).status).to.equal(303);
    });
    await running(plain, async (base) => {
      expect((await ask(`${base}/lti/start/mentorat`, { 'X-Remote-User': 'ada' })).status).to.equal(401);
      expect((await ask(`${base}/LTI/START/mentorat`, named('ada'))).status).to.equal(404);
      expect((await ask(`${base}/lti/start/mentorat`, named('ada'))).status).to.equal(303);
    });
  });

  it('takes the secret from a file or the environment, one of them, and repeats it nowhere', async () => {
    const file = join(folder, 'proxy-secret.txt');
    const withEnvironment = async <T>(env: Record<string, string>, deed: () => Promise<T>): Promise<T> => {
      Object.assign(process.env, env);
      return deed().finally(() => {
        for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
      });
    };
    for (const env of [{ INTRANET_SECRET: secret }, { INTRANET_SECRET_FILE: file }] as Record<string, string>[]) {
      await withEnvironment(env, async () => {
        await running({ ...plain, identity: unguarded }, async (base) => {
          expect((await ask(`${base}/lti/start/mentorat`, named('ada'))).status).to.equal(303);
          expect((await ask(`${base}/lti/start/mentorat`, { 'X-Remote-User': 'ada' })).status).to.equal(401);
        });
        expect(await refusal(plain)).to.match(/^identity: keep one of /);
      });
    }
    await writeFile(join(folder, 'short.txt'), 'a-short-secret\n', { mode: 0o600 });
    await writeFile(join(folder, 'empty.txt'), '\n', { mode: 0o600 });
    const fromFile = (secretFile: string) => refusal({ ...plain, identity: { ...header, secretFile } });
    expect(await fromFile('short.txt'))
      .to.match(/^identity: a shared secret needs at least 32/)
      .and.not.include('a-short');
    expect(await fromFile('empty.txt')).to.match(/^identity\.secretFile: .*empty\.txt is empty\.$/);
    expect(await fromFile('none.txt')).to.match(/^identity\.secretFile: .*none\.txt cannot be read\.$/);
  });

  it('listens on a Unix socket that nobody else may open, also after it was killed there', async () => {
    const path = join(folder, 'proxy.sock');
    const listen = { socket: 'proxy.sock' };
    const child = startMain('--config', await written({ ...plain, listen, identity: { ...unguarded, addresses: [] } }));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(line.toString()).to.include(`listens on ${path}.`);
    expect((await stat(path)).mode & 0o777).to.equal(0o660);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await running({ ...plain, listen: { ...listen, mode: '0600' }, identity: unguarded }, async () => {
      expect((await stat(path)).mode & 0o777).to.equal(0o600);
      const status = await new Promise((resolve, reject) => {
        const options = { socketPath: path, path: '/lti/start/mentorat', headers: { 'X-Remote-User': 'ada' } };
        httpRequest(options, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status).to.equal(303);
      expect(await refusal({ ...plain, listen, identity: unguarded })).to.match(
        /proxy\.sock cannot be used \(EADDRINUSE\)/,
      );
    });
  });

  it('says in one sentence what is missing on the command line', async () => {
    for (const [argument, sentence] of [
      [[], 'Say which configuration to use: --config platform.json.'],
      [['--config', '/nowhere.json'], '/nowhere.json cannot be read.'],
    ] as const) {
      const child = startMain(...argument);
      let said = '';
      child.stderr.on('data', (data: Buffer) => (said += data.toString()));
      expect(await once(child, 'close')).to.deep.equal([1, null]);
      expect(said.trim()).to.equal(sentence);
    }
  });

  it('accepts the configuration that docs/intranet.md shows', async () => {
    const shown = /```json\n(\{[\s\S]*?)```/.exec(await readFile('docs/intranet.md', 'utf8'))?.[1] ?? '';
    const config = readConfig(await written(shown.replaceAll('https://TOOL', 'https://tool.example')));
    expect(config).to.include({ issuer: 'https://intranet.lab.fr/lti', subjects: 'pseudonym' });
    expect(config.tools[0]).to.include({ clientId: 'mentorat', sendName: false, sendEmail: false });
  });

  const faults: [string, unknown, string][] = [
    ['text that is no JSON', '{', 'is not valid JSON.'],
    ['no issuer', { ...plain, issuer: undefined }, '"issuer"'],
    ['an issuer with a slash at its end', { ...plain, issuer: 'https://a.example/lti/' }, 'must not end with a slash'],
    ['a setting that does not exist', { ...plain, tool: [] }, 'tool'],
    [
      'a tool without redirect addresses',
      { ...plain, tools: [{ ...tool, redirectUris: [] }] },
      '"tools.0.redirectUris"',
    ],
    ['an identity of an unknown kind', { ...plain, identity: { kind: 'magic' } }, '"identity.kind"'],
    ['a socket that everybody may open', { ...plain, listen: { socket: 's', mode: '0666' } }, '"listen.mode"'],
    ['both a socket and a port', { ...plain, listen: { socket: 's', port: 1 } }, 'either a socket'],
    ['a port out of range', { ...plain, listen: { port: 70_000 } }, '"listen.port"'],
  ];
  for (const [what, content, sentence] of faults) {
    it(`refuses a configuration with ${what} and names the setting`, async () => {
      const path = await written(content);
      expect(() => readConfig(path))
        .to.throw(ConfigError, sentence)
        .with.property('message')
        .that.matches(/\.$/);
    });
  }

  async function refusal(content: object): Promise<string> {
    const config = readConfig(await written(content));
    const failure = await startPlatform(config, new MovingClock()).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(ConfigError);
    return (failure as ConfigError).message;
  }

  it('refuses an address that is none, a missing secret file and a port in use', async () => {
    const wrong = { ...plain, identity: { ...header, addresses: ['proxy.example'] } };
    expect(await refusal(wrong)).to.equal(
      'identity.addresses: "proxy.example" is neither an IP address nor a CIDR block.',
    );
    const oidc = { kind: 'oidc', provider: 'https://sso.example', clientId: 'c', clientSecretFile: 'none.txt' };
    expect(await refusal({ ...plain, identity: oidc })).to.match(/clientSecretFile: .*none\.txt cannot be read\.$/);
    await running(plain, async (base) => {
      const port = Number(new URL(base).port);
      expect(await refusal({ ...plain, listen: { port } })).to.match(/cannot be used \(EADDRINUSE\)\.$/);
    });
  });

  it('refuses damaged keys, damaged registrations and a folder that is none, in one sentence that names the file', async () => {
    for (const [name, text] of [
      ['keys.json', '{'],
      ['keys.json', '{"secret":"short"}'],
      ['registered.json', ''],
      ['registered.json', 'null'],
    ] as const) {
      const dataFolder = `damaged-${(files += 1)}`;
      await mkdir(join(folder, dataFolder));
      await writeFile(join(folder, dataFolder, name), text);
      expect(await refusal({ ...plain, dataFolder }))
        .to.include(`${join(folder, dataFolder, name)} is damaged`)
        .and.match(/backup\.$/);
    }
    await writeFile(join(folder, 'a-file'), '');
    expect(await refusal({ ...plain, dataFolder: 'a-file/data' })).to.match(/cannot be used \(ENOTDIR\)/);
  });

  it('sends people to the OpenID Connect provider it is configured with', async () => {
    const provider = await startProvider(() => new Date());
    await writeFile(join(folder, 'secret.txt'), `${client.clientSecret}\n`);
    const identity = {
      kind: 'oidc',
      provider: provider.issuer,
      clientId: client.clientId,
      clientSecretFile: 'secret.txt',
    };
    await running({ ...plain, identity }, async (base) => {
      const { headers } = await ask(`${base}/lti/launch/mentorat`);
      expect(headers.get('location')).to.include(`${provider.issuer}/authorize?`);
    });
    provider.close();
  });

  const byRoot = { ...plain, tools: [], identity: { ...header, administrators: ['root'] } };

  /** An administrator begins the registration, and the tool finishes it. */
  async function register(base: string): Promise<Response> {
    const begun = await fetch(`${base}/lti/connect`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...named('root'), Origin: 'https://intranet.etis.example' },
      body: new URLSearchParams({ address: 'https://tool.example/lti/register/INVITE' }),
    });
    const token = new URL(begun.headers.get('location')!).searchParams.get('registration_token')!;
    const metadata = {
      client_name: 'Mentorat Dialogue',
      response_types: ['id_token'],
      initiate_login_uri: tool.loginUrl,
      redirect_uris: tool.redirectUris,
      jwks_uri: tool.keysetUrl,
      token_endpoint_auth_method: 'private_key_jwt',
      'https://purl.imsglobal.org/spec/lti-tool-configuration': {
        domain: 'tool.example',
        target_link_uri: tool.targetLinkUri,
      },
    };
    return fetch(`${base}/lti/register`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(metadata),
    });
  }

  it('keeps a tool that registered itself over a restart', async () => {
    const content = { ...byRoot, dataFolder: 'kept' };
    let clientId = '';
    await running(content, async (base) => {
      ({ client_id: clientId } = (await (await register(base)).json()) as { client_id: string });
    });
    expect(await readFile(join(folder, 'kept', 'registered.json'), 'utf8')).to.include(clientId);
    await running(content, async (base) => {
      expect((await ask(`${base}/lti/start/${clientId}`, named('ada'))).status).to.equal(303);
    });
  });

  it('shows only an error number when a file cannot be written, and logs the error under it', async () => {
    await running({ ...byRoot, dataFolder: 'gone' }, async (base, config) => {
      await rm(config.dataFolder, { recursive: true });
      const answer = await register(base);
      expect(answer.status).to.equal(500);
      const [, reference] = /^error ([0-9a-f]{8})$/.exec(await answer.text()) ?? [];
      expect(logged).to.have.length(1);
      expect(logged[0]).to.deep.include({ reference, code: 'ENOENT' });
    });
  });
});
