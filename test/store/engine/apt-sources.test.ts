import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { privateSources } from '../../../bin/apt-sources.mjs';

const BOOKWORM = { system: 'debian', current: 'bookworm', next: 'trixie' };
const KEY = '/usr/share/keyrings/debian-archive-keyring.gpg';

describe("the machine's apt sources, rewritten for the next suite", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mentorat-apt-'));
    await mkdir(path.join(folder, 'sources.list.d'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function rewrite(files: Record<string, string>, suite = BOOKWORM): Promise<string> {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    const written = await privateSources(suite, folder);
    return written
      .map(({ text }) => text)
      .join('')
      .trim();
  }

  it('keeps mirror and options of a one-line entry and asks for main of the next suite only', async () => {
    const text = await rewrite({
      'sources.list': [
        '# deb http://mirror.example/debian bookworm main',
        'deb [arch=amd64] http://mirror.example/debian bookworm main contrib # ours',
        'deb-src http://mirror.example/debian bookworm main',
        'deb http://mirror.example/debian-security bookworm-security main',
      ].join('\n'),
    });
    expect(text).to.equal('deb [arch=amd64] http://mirror.example/debian trixie main');
  });

  it('keeps mirror and key of a deb822 stanza and leaves out the stanzas of other suites', async () => {
    const text = await rewrite({
      'sources.list.d/debian.sources': [
        'Types: deb deb-src',
        '# a comment inside the stanza',
        'URIs: http://mirror.example/debian',
        'Suites: bookworm bookworm-updates',
        'Components: main contrib',
        `Signed-By: ${KEY}`,
        '',
        'Types: deb',
        'URIs: http://mirror.example/debian-security',
        'Suites: bookworm-security',
        'Components: main',
        `Signed-By: ${KEY}`,
      ].join('\n'),
    });
    expect(text.split('\n')).to.deep.equal([
      'types: deb',
      'uris: http://mirror.example/debian',
      'suites: trixie',
      'components: main',
      `signed-by: ${KEY}`,
    ]);
  });

  it('never takes a third party that uses the same suite name under its own key or component', async () => {
    const own = 'deb http://mirror.example/debian stable main';
    const text = await rewrite({
      'sources.list': own,
      'sources.list.d/a.list': 'deb [signed-by=/usr/share/keyrings/vendor.gpg] http://vendor.example bookworm main',
      'sources.list.d/b.list': 'deb http://vendor.example bookworm stable',
      'sources.list.d/c.sources':
        'Types: deb\nURIs: http://vendor.example\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .',
      'sources.list.d/d.sources':
        'Enabled: no\nTypes: deb\nURIs: http://off.example\nSuites: bookworm\nComponents: main',
      'sources.list.d/e.list.disabled': 'deb http://disabled.example bookworm main',
    });
    expect(text).to.equal('deb http://mirror.example/debian trixie main');
  });

  it('says which suite it looked for when the machine has no source of its own', async () => {
    const failure = await rewrite({ 'sources.list': '' }).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'apt has no source for debian bookworm');
  });
});
