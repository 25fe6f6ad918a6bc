import { expect } from 'chai';
import { daysAgo, inventedNow as now } from '../../service/demo/factories.ts';
import type { Case } from '../../service/domain/case.ts';
import { MentoringError } from '../../service/domain/errors.ts';
import { createStore } from '../../service/store/index.ts';
import { testSecret, useStore } from '../support/store.ts';

let made = 0;

function freshOf(facts: Partial<Omit<Case, 'reference'>> = {}): Omit<Case, 'reference'> {
  const id = `case-${(made += 1)}`;
  return {
    id,
    key: `waiting:${id}`,
    kind: 'waiting',
    labId: 'etis',
    memberId: `member of ${id}`,
    requestId: `request of ${id}`,
    status: 'open',
    openedAt: daysAgo(3),
    quietSince: daysAgo(3),
    messages: [],
    due: { step: 'case_look', at: daysAgo(2) },
    ...facts,
  };
}

describe('store: cases', () => {
  const { store, connection } = useStore();
  const keep = async (facts: Partial<Omit<Case, 'reference'>> = {}): Promise<Case> =>
    (await store().cases.insert(freshOf(facts)))!;
  const message = { id: 'one', from: 'member', text: 'Je voudrais parler à quelqu’un', at: now } as const;
  const quiet = { quietSince: now, due: { step: 'case_reminder_1', at: daysAgo(-7) } };
  const raw = async (): Promise<string> => JSON.stringify(await connection().db!.collection('cases').find().toArray());

  it('gives back a case exactly as the domain made it, under a reference of its own', async () => {
    const fresh = freshOf({ messages: [message], widenAskedAt: daysAgo(1), identityOpenedAt: now });
    const kept = await store().cases.insert(fresh);
    expect(kept).to.deep.equal({ ...fresh, reference: kept?.reference });
    expect(await store().cases.find(fresh.id)).to.deep.equal(kept);
    expect(await store().cases.findByKey(fresh.key)).to.deep.equal(kept);
    expect(await store().cases.listOf(fresh.memberId)).to.deep.equal([kept]);
  });

  it('keeps one case of a reason for which 20 are opened at once', async () => {
    const key = 'waiting:the same request';
    const kept = await Promise.all(Array.from({ length: 20 }, () => store().cases.insert(freshOf({ key }))));
    expect(kept.filter(Boolean)).to.have.length(1);
  });

  it('keeps one open question of a person who asks 20 times at once, and another once it is closed', async () => {
    const asked = { kind: 'asked', memberId: 'an eager person' } as const;
    const kept = await Promise.all(Array.from({ length: 20 }, () => store().cases.insert(freshOf(asked))));
    const [first, ...others] = kept.filter((one) => one !== undefined);
    expect(others).to.deep.equal([]);
    expect((await store().cases.findByKey(first!.key))?.id).to.equal(first?.id);
    await keep({ memberId: 'an eager person' });
    await store().cases.change(first!.id, { from: ['open'] }, { status: 'closed' });
    expect((await keep(asked)).status).to.equal('open');
  });

  it('never gives two cases the same reference', async () => {
    const kept = await Promise.all(Array.from({ length: 60 }, () => keep()));
    expect(new Set(kept.map(({ reference }) => reference)).size).to.equal(60);
    const { reference } = kept[0]!;
    const twin = { ...freshOf(), _id: 'twin', reference };
    const outcome = await connection()
      .db!.collection<{ _id: string }>('cases')
      .insertOne(twin)
      .catch((error: unknown) => (error as { code?: number }).code);
    expect(outcome).to.equal(11000);
  });

  it('keeps no word of a message in clear, and opens none for a service with another secret', async () => {
    const { id } = await keep({ messages: [message] });
    await store().cases.write(id, { ...message, id: 'two', text: 'Bien volontiers' }, quiet);
    for (const word of ['voudrais', 'quelqu', 'volontiers']) expect(await raw()).not.to.include(word);
    const stranger = createStore(connection(), `${testSecret}, changed`);
    expect(await stranger.cases.find(id).catch((error: unknown) => (error as Error).message)).to.include(
      'authenticate',
    );
  });

  it('does not show one message in the place of another when they are swapped in the database', async () => {
    const [one, other] = [await keep({ messages: [message] }), await keep({ messages: [message] })];
    const cases = connection().db!.collection<{ _id: string; messages: unknown[] }>('cases');
    const { messages } = (await cases.findOne({ _id: one.id }))!;
    await cases.updateOne({ _id: other.id }, { $set: { messages } });
    const outcome = await store()
      .cases.find(other.id)
      .catch((error: unknown) => (error as Error).message);
    expect(outcome).to.include('authenticate');
    await cases.deleteOne({ _id: other.id });
  });

  it('adds every message written at the same moment, each once', async () => {
    const { id } = await keep();
    const sent = Array.from({ length: 24 }, (_, index) =>
      store().cases.write(id, { ...message, id: `m-${index % 12}` }, quiet),
    );
    expect((await Promise.all(sent)).filter(Boolean)).to.have.length(12);
    const written = await store().cases.find(id);
    expect(written?.messages.map((one) => one.id).sort()).to.deep.equal(
      Array.from({ length: 12 }, (_, index) => `m-${index}`).sort(),
    );
    expect(written).to.deep.include(quiet);
  });

  it('takes no message of a closed case, opens none again, and is refused by its table', async () => {
    const { id } = await keep();
    await store().cases.change(id, { from: ['open'] }, { status: 'closed', closedAt: now });
    expect(await store().cases.write(id, message, quiet)).to.equal(undefined);
    const outcome = await store()
      .cases.change(id, { from: ['closed'] }, { status: 'open' })
      .catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(MentoringError).and.include({ code: 'illegal_transition' });
  });

  it('notes a suggestion only if nobody noted one since it was read', async () => {
    const { id } = await keep();
    const note = (seen: Date | null, at: Date): Promise<Case | undefined> =>
      store().cases.change(id, { from: ['open'], widenAskedAt: seen }, { widenAskedAt: at });
    const noted = await Promise.all([note(null, now), note(null, now), note(null, now)]);
    expect(noted.filter(Boolean)).to.have.length(1);
    expect(await note(daysAgo(9), now)).to.equal(undefined);
    expect((await note(now, daysAgo(-6)))?.widenAskedAt).to.deep.equal(daysAgo(-6));
  });

  it('lists what a lab or all labs handle, the oldest open first, and never one’s own', async () => {
    await connection().db!.collection('cases').deleteMany({});
    const old = await keep({ openedAt: daysAgo(9), labId: 'lix' });
    const own = await keep({ openedAt: daysAgo(5) });
    const young = await keep({ openedAt: daysAgo(1) });
    const closed = await keep({ status: 'closed', closedAt: now });
    const list = async (scope: object, status: 'open' | 'closed' = 'open'): Promise<string[]> =>
      (await store().cases.listFor(scope, { status, limit: 10 })).map(({ id }) => id);
    expect(await list({})).to.deep.equal([old.id, own.id, young.id]);
    expect(await list({ labId: 'etis' })).to.deep.equal([own.id, young.id]);
    expect(await list({ labId: 'etis', exceptOf: own.memberId })).to.deep.equal([young.id]);
    expect(await list({ exceptOf: own.memberId }, 'closed')).to.deep.equal([closed.id]);
  });

  it('lists what is due, open or closed, and moves it on once', async () => {
    await connection().db!.collection('cases').deleteMany({});
    const due = { step: 'case_purge', at: daysAgo(1) };
    const closed = await keep({ status: 'closed', due });
    const open = await keep();
    await keep({ due: { step: 'case_look', at: daysAgo(-1) } });
    expect((await store().cases.listDue(now, 10)).map(({ id }) => id)).to.deep.equal([open.id, closed.id]);
    const next = { step: 'case_look', at: daysAgo(-1) };
    const moved = await Promise.all([1, 2, 3].map(() => store().cases.advance(open.id, open.due!, next)));
    expect(moved.filter(Boolean)).to.have.length(1);
    await store().cases.purge(open.id);
    await store().cases.purge(closed.id);
    expect(await store().cases.find(closed.id)).to.equal(undefined);
    expect(await store().cases.find(open.id)).to.deep.include({ due: next });
  });

  it('deletes everything of one person, and nothing of anybody else', async () => {
    const [one, other] = [await keep(), await keep()];
    await store().cases.forget(one.memberId);
    expect(await store().cases.listOf(one.memberId)).to.deep.equal([]);
    expect(await store().cases.listOf(other.memberId)).to.have.length(1);
  });
});
