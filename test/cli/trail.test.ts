// The command line's own traces, and the trail as it is read there.
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { TrailVerdict } from '../../service/domain/audit.ts';
import { useCommandLine } from '../support/command-line.ts';

interface Line {
  seq: number;
  at: string;
  act: string;
  name?: string;
  actor: { kind: string; id: string };
  object?: string;
  subjectName?: string;
  notDone?: number;
  hash: string;
}

describe('npm run mentorat -- trail', function () {
  // Each call is a process of its own: nothing here says how long one takes.
  this.timeout(600_000);
  this.slow(20_000);
  const { database, folder, mentorat } = useCommandLine();
  const trail = async (...more: string[]): Promise<Line[]> => {
    const { code, out, err } = await mentorat(['trail', '--json', ...more]);
    expect(code, err).to.equal(0);
    return out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
  };

  it('tells who gave which command: the user of the system, or the name that they give', async () => {
    await mentorat(['admin', 'link', '--name', 'Grace Admin']);
    await mentorat(['platform', 'invite', '--lab', 'lix', '--by', 'Hedy Host']);
    const [invite, link] = await trail();
    expect(link).to.include({ seq: 1, act: 'admin_link_made', subjectName: 'Grace Admin' });
    expect(link?.name).to.equal(`system user ${os.userInfo().username}`);
    expect(invite).to.include({ seq: 2, act: 'invite_made', object: 'lix', name: 'Hedy Host' });
    expect(invite?.actor.kind).to.equal('command_line');
  });

  it('tells of a command that was refused that nothing came of it', async () => {
    expect((await mentorat(['keys', 'rotate'])).code).to.equal(1);
    const [refused, asked] = await trail('--last', '2');
    expect(asked?.act).to.equal('keys_rotated');
    expect(refused).to.include({ act: 'keys_rotated', notDone: asked?.seq });
  });

  it('tells nothing of commands that only read', async () => {
    const before = (await trail()).length;
    await mentorat(['platform', 'list']);
    await mentorat(['jobs']);
    await mentorat(['platform', 'invite', '--lab', 'mars']);
    expect((await trail()).length).to.equal(before);
  });

  it('tells a matching run from one that proposes nothing', async () => {
    await mentorat(['match', '--dry-run']);
    await mentorat(['match']);
    expect((await trail('--last', '2')).map(({ act }) => act)).to.deep.equal(['run_started', 'run_simulated']);
  });

  it('follows the chain, compares it with the log, and ends with exit code 1 when it is broken', async () => {
    const sound = await mentorat(['trail', '--verify']);
    expect(sound.code, sound.err).to.equal(0);
    expect(sound.out).to.match(/^The chain holds from no\. 1 to no\. \d+\./);
    const [last] = await trail('--last', '1');
    const log = path.join(folder(), 'service.log');
    const line = { level: 30, seq: last?.seq, hash: last?.hash, at: last?.at, msg: 'audit trail' };
    await writeFile(log, `not json\n${JSON.stringify(line)}\n`);
    expect((await mentorat(['trail', '--verify', '--log', log])).out).to.include('agrees with 1 places in the log');
    await database.connection().collection('audit_trail').deleteOne({ seq: last?.seq });
    await database.connection().collection('audit_links').deleteMany({});
    const unseen = await mentorat(['trail', '--verify']);
    expect(unseen.code).to.equal(0);
    const cut = await mentorat(['trail', '--verify', '--log', log]);
    expect(cut.code).to.equal(1);
    expect(cut.out).to.match(new RegExp(`^BROKEN at no\\. ${last?.seq ?? 0}: cut`));
  });

  it('sees by the log that the beginning was moved', async () => {
    const { from, to, first, head } = JSON.parse((await mentorat(['trail', '--verify', '--json'])).out) as TrailVerdict;
    const log = path.join(folder(), 'whole.log');
    await writeFile(log, `${JSON.stringify({ level: 30, ...head, from, to, first, msg: 'audit trail' })}\n`);
    const sound = await mentorat(['trail', '--verify', '--log', log]);
    expect(sound.code, sound.out).to.equal(0);
    expect(sound.out).to.include('agrees with 2 places in the log');
    const links = database.connection().collection<{ _id: string }>('audit_links');
    await database.connection().collection('audit_trail').deleteOne({ seq: from });
    await links.insertOne({ _id: 'start', seq: from, hash: first?.hash, at: new Date(0) } as never);
    const moved = await mentorat(['trail', '--verify', '--log', log]);
    expect(moved.code).to.equal(1);
    expect(moved.out).to.match(new RegExp(`^BROKEN at no\\. ${from}: removed`));
  });

  it('refuses a log without --verify, and a kind of act that does not exist', async () => {
    expect((await mentorat(['trail', '--log', 'x'])).code).to.equal(2);
    expect((await mentorat(['trail', '--act', 'flown'])).code).to.equal(2);
  });
});
