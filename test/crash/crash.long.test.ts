import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { useDatabase } from '../support/database.ts';
import { capacity, consistent, letters, onlyOne, placesHeld, ties, waiting } from './invariants.ts';
import { exposed, missing, twins } from './mail-checks.ts';
import { Trial } from './trial.ts';
import type { World } from './world.ts';
import { rounds } from '../support/rounds.ts';

const killings = Number(process.env['CRASH_ROUNDS'] ?? rounds({ short: 2, long: 100 }));
const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 1e6));
/** Rounds after which everything may settle and is looked at as a whole. */
const settleEvery = 10;

describe(`two copies of the service, killed ${killings} times while people act and time moves (CRASH_SEED=${seed})`, () => {
  const database = useDatabase();
  const introduced = new Map<string, Date>();
  let trial: Trial;

  before('start two copies', async function () {
    this.timeout(300_000);
    trial = await Trial.open({ uri: database.uri(), connection: database.connection(), seed });
  });
  after('end the copies', () => trial.close());

  const look = async (): Promise<string[]> => {
    const world = await trial.world();
    const people = new Map(trial.people.flatMap((person) => [...person.memberIds].map((id) => [id, person] as const)));
    const nameOf = (id: string): string => people.get(id)?.name ?? id;
    for (const { menteeId, mentorId, introducedAt } of world.dialogues.values()) {
      // Two people meet a second time if one of them left, was forgotten and came back: what counts is the first time.
      for (const pair of [`${nameOf(menteeId)} ${nameOf(mentorId)}`, `${nameOf(mentorId)} ${nameOf(menteeId)}`]) {
        const known = introduced.get(pair) ?? introducedAt;
        introduced.set(pair, known < introducedAt ? known : introducedAt);
      }
    }
    const tiedSince = (one: string, other: string): Date | undefined => {
      const [a, b] = [people.get(one), people.get(other)];
      const known = [a?.avoided.get(b?.number ?? 0), b?.avoided.get(a?.number ?? 0)].filter((at) => at !== undefined);
      return known.sort((x, y) => x.getTime() - y.getTime())[0];
    };
    const byAddress = new Map(trial.people.map(({ email, name }) => [email, name]));
    const violations = [
      ...[capacity, placesHeld, onlyOne, waiting, consistent, letters].flatMap((check) => check(world)),
      ...ties(world, tiedSince),
      ...trial.ledger.broken(world),
      ...missing(world, trial.post.arrivals),
      ...exposed(trial.post.arrivals, introduced, (address) => byAddress.get(address) ?? address),
      ...twins(trial.post.arrivals, trial.killed).violations,
      ...trial.failures,
    ];
    if (violations.length > 0) await keep(world, violations);
    return violations;
  };

  const keep = async (world: World, violations: readonly string[]): Promise<void> => {
    const file = path.join(tmpdir(), `mentorat-crash-${seed}.json`);
    const readable = (_key: string, value: unknown): unknown => (value instanceof Map ? [...value.values()] : value);
    await writeFile(file, JSON.stringify({ violations, ...world, arrivals: trial.post.arrivals }, readable, 2));
    console.log(`        the database as it was found stands in ${file}`);
  };

  it('keeps every invariant, loses no acknowledged deed, and writes twice only where nobody can help it', async function () {
    this.timeout(killings * 60_000 + 120_000);
    for (let round = 1; round <= killings; round += 1) {
      await trial.round();
      expect(placesHeld(await trial.world()), `after round ${round}, seed ${seed}`).to.deep.equal([]);
      if (round % settleEvery !== 0 && round !== killings) continue;
      await trial.settle();
      if (round === killings) await trial.end();
      expect(await look(), `after round ${round}, seed ${seed}`).to.deep.equal([]);
    }
    const { unavoidable } = twins(trial.post.arrivals, trial.killed);
    const { done, refused, lost } = trial.figures;
    const mails = trial.post.arrivals.length;
    console.log(
      `        ${killings} rounds, ${trial.killed.size} deaths, deeds: ${done} done, ${refused} refused, ${lost} lost; ` +
        `${mails} mails, ${unavoidable} unavoidable twins`,
    );
    expect(mails, 'mails in all').to.be.above(killings);
  });
});
