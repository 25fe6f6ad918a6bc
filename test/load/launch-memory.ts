// Whether the memory of the way in stays flat: our server alone, 50,000 launches, its size after each fifth of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseUri, startEngine } from '../../service/store/engine/index.ts';
import { FakePlatform } from '../lti/support/fake-platform.ts';
import { enter } from './launch-client.ts';
import { ask, repeat, start } from './launch.ts';
import type { Report } from './benches.ts';

const LAUNCHES = Number(process.env['BENCH_LAUNCHES'] ?? 50_000);
const PARTS = 5;

export async function run(report: Report): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-bench-'));
  const engine = await startEngine({ dataDir });
  const platform = await FakePlatform.start('bench');
  const order = { variant: 'own', uri: databaseUri(engine.uri, 'bench_memory'), platform, counting: false } as const;
  const { issuer, clientId } = platform;
  const { child, way } = await start({ ...order, platform: { issuer, clientId } }, platform);
  try {
    for (let part = 1; part <= PARTS; part += 1) {
      await repeat(LAUNCHES / PARTS, () => enter(way));
      const { rssMb } = await ask(child);
      report({ bench: 'launch-memory', variant: `after ${(LAUNCHES / PARTS) * part}`, rssMb });
    }
  } finally {
    child.kill();
    await platform.stop();
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
