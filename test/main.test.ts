import { expect } from 'chai';
import { runChild, startChild } from './support/child.ts';
import { ownPort } from './support/ports.ts';
import { useDatabase } from './support/database.ts';
import { useFolder } from './support/folder.ts';

const script = 'service/main.ts';

describe('npm start', function () {
  this.timeout(300_000);
  this.slow(10_000);
  const database = useDatabase();
  const folder = useFolder();

  const settings = async (): Promise<Record<string, string>> => {
    const port = await ownPort();
    return { MONGODB_URI: database.uri(), DATA_DIR: folder(), PORT: String(port) };
  };

  it('is live and ready on its port, says so in the log, and stops within a second of SIGTERM', async () => {
    const env = await settings();
    const service = startChild(script, [], env);
    await service.says('Mentorat Dialogue is ready');
    for (const probe of ['live', 'ready']) {
      expect((await fetch(`http://localhost:${env['PORT'] ?? ''}/health/${probe}`)).status, probe).to.equal(200);
    }
    const begun = performance.now();
    service.process.kill('SIGTERM');
    expect(await service.ended).to.equal(0);
    // A second as the issue asks, and another for a machine that runs other suites.
    expect(performance.now() - begun).to.be.below(2000);
  });

  it('refuses to start in production without MONGODB_URI, in one sentence that names it', async () => {
    const production = {
      NODE_ENV: 'production',
      BASE_URL: 'https://mentorat.example.org',
      SMTP_URL: 'smtp://mail.example.org',
      MAIL_FROM: 'mentorat@example.org',
      MENTORAT_SECRET: 'x'.repeat(32),
    };
    const { code, err } = await runChild(script, [], production);
    expect(code).to.equal(1);
    expect(err).to.match(/^MONGODB_URI is required in production[^\n]+\n$/);
  });

  it('says in one sentence that its port is taken', async () => {
    const env = await settings();
    const first = startChild(script, [], env);
    await first.says('Mentorat Dialogue is ready');
    const second = await runChild(script, [], env);
    first.process.kill('SIGTERM');
    await first.ended;
    expect(second.code).to.equal(1);
    expect(second.err).to.match(/^Port \d+ is taken by another program[^\n]+PORT\.\n$/);
  });

  it('listens on the address of LISTEN_HOST only, and says in one sentence when it is none of this machine', async () => {
    const env = await settings();
    const service = startChild(script, [], { ...env, LISTEN_HOST: '127.0.0.2' });
    await service.says('Mentorat Dialogue is ready');
    const at = (host: string) => fetch(`http://${host}:${env['PORT'] ?? ''}/health/live`).then(({ status }) => status);
    expect(await at('127.0.0.2')).to.equal(200);
    expect(await at('127.0.0.1').catch(() => 'closed')).to.equal('closed');
    service.process.kill('SIGTERM');
    await service.ended;
    const { code, err } = await runChild(script, [], { ...env, LISTEN_HOST: '192.0.2.1' });
    expect(code).to.equal(1);
    expect(err).to.match(/^192\.0\.2\.1 is no address of this machine[^\n]+LISTEN_HOST[^\n]+\n$/);
  });

  it('refuses to start in production on a database in clear, and names the setting that accepts it', async () => {
    const production = {
      NODE_ENV: 'production',
      BASE_URL: 'https://mentorat.example.org',
      MONGODB_URI: 'mongodb://127.0.0.1/mentorat',
      SMTP_URL: 'smtp://mail.example.org',
      MAIL_FROM: 'mentorat@example.org',
      MENTORAT_SECRET: 'x'.repeat(32),
    };
    const { code, err } = await runChild(script, [], production);
    expect(code).to.equal(1);
    expect(err).to.match(/^MONGODB_URI must ask for TLS [^\n]+ALLOW_PLAINTEXT_MONGODB=yes[^\n]+\n$/);
  });

  it('says in one sentence that the database cannot be reached', async () => {
    const port = await ownPort();
    const env = { ...(await settings()), MONGODB_URI: `mongodb://localhost:${port}/none` };
    const { code, err } = await runChild(script, [], env);
    expect(code).to.equal(1);
    expect(err).to.match(/^The database cannot be reached: check MONGODB_URI[^\n]+\n$/);
  });
});
