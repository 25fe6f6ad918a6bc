// The tool's own keys over time: every key is published before it signs and after, whoever makes it and whenever.
import { expect } from 'chai';
import { createKeyring } from '../../../lti/tool/keyring.ts';
import { LtiError } from '../../../lti/tool/errors.ts';
import { createToolKeys } from '../../../lti/tool/tool-keys.ts';
import { ensureIndexes } from '../../../service/store/index.ts';
import { createKeyStore } from '../../../service/store/lti/keys.ts';
import { useDatabase } from '../../support/database.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the keys of the tool', () => {
  const database = useDatabase();
  const keyring = createKeyring('a secret of the tests only, 32 characters or more');
  let nowMs = Date.parse('2026-11-23T09:00:00Z');
  const clock = { now: () => new Date(nowMs) };

  /** Another copy of the service, which remembers nothing. */
  const copy = () => createToolKeys({ store: createKeyStore(database.connection()), keyring, clock });

  before('make the indexes', () => ensureIndexes(database.connection()));
  const publishedKids = async (): Promise<string[]> => {
    const { body } = await copy().published();
    return (JSON.parse(body) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  };
  const signingKid = async (): Promise<string> => (await copy().signing()).kid;

  beforeEach('forget all keys', async () => {
    await database.connection().collection('lti_keys').deleteMany({});
  });

  it('are two from the start, one that signs and one that is published ahead', async () => {
    const kids = await publishedKids();
    expect(kids).to.have.length(2);
    expect(await signingKid()).to.equal(kids[0]);
  });

  it('are the same for eight copies that start at once', async () => {
    const copies = Array.from({ length: 8 }, copy);
    const bodies = await Promise.all(copies.map(async (one) => (await one.published()).body));
    expect(await database.connection().collection('lti_keys').countDocuments()).to.equal(2);
    expect(new Set(bodies).size).to.equal(1);
  });

  it('rotate after 90 days to the key that was published, and keep the old one published', async () => {
    const [first = '', second = ''] = await publishedKids();
    nowMs += 90 * DAY - HOUR;
    expect(await signingKid()).to.equal(first);
    nowMs += HOUR;
    expect(await signingKid()).to.equal(second);
    expect((await publishedKids()).slice(0, 2)).to.deep.equal([first, second]);
  });

  it('rotate by one step after a sleep of two years, never to a key that nobody has seen', async () => {
    const [first = '', second = ''] = await publishedKids();
    nowMs += 730 * DAY;
    expect(await signingKid()).to.equal(second);
    expect(await publishedKids())
      .to.have.length(3)
      .and.to.include(first);
  });

  it('rotate on demand once the next one can be known everywhere, and then count 90 days anew', async () => {
    const [first = '', second = ''] = await publishedKids();
    nowMs += HOUR;
    const early = await copy()
      .rotate()
      .catch((error: unknown) => error);
    expect(early).to.be.instanceOf(LtiError).and.have.property('code', 'rotation_too_soon');
    expect(await signingKid()).to.equal(first);
    nowMs += HOUR;
    await copy().rotate();
    expect(await signingKid()).to.equal(second);
    expect(await publishedKids()).to.include(first);
    const { nextRotationAt, keys } = await copy().state();
    expect(nextRotationAt.getTime()).to.equal(nowMs + 90 * DAY);
    expect(keys.map(({ use }) => use)).to.deep.equal(['previous', 'signing', 'next']);
  });

  it('rotate once when eight copies are asked at the same time', async () => {
    const [, second] = await publishedKids();
    nowMs += 2 * HOUR;
    const copies = Array.from({ length: 8 }, copy);
    await Promise.allSettled(copies.map((one) => one.rotate()));
    expect(await signingKid()).to.equal(second);
    expect(await publishedKids()).to.have.length(3);
  });

  it('are forgotten after the rotation that follows theirs, so that a lost key is no longer published', async () => {
    const [first = ''] = await publishedKids();
    for (let times = 0; times < 2; times += 1) {
      nowMs += 2 * HOUR;
      await copy().rotate();
    }
    expect(await publishedKids())
      .to.have.length(3)
      .and.not.include(first);
    await copy().tidy();
    expect(await database.connection().collection('lti_keys').countDocuments()).to.equal(3);
  });

  it('show an administrator nothing that signs', async () => {
    const shown = JSON.stringify(await copy().state());
    expect(shown).not.to.match(/sealed|private|BEGIN|"n"/iu);
  });
});
