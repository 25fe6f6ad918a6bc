// How large a person can make what is stored: the largest answers, sent again and again, end at a bound and a sentence.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { plain, useApp, type Visitor } from '../support/app.ts';
import { codeFor, participant, profileAnswers } from '../support/people.ts';

const mostBytes = 65_536;
/** The longest character in three bytes that a text may hold. */
const wide = '語';

describe('the size of what is stored', () => {
  const app = useApp({}, { programme: { limits: { deed: 10_000, message: 10_000, question: 100, request: 100 } } });
  const largest = async (): Promise<Record<string, number>> => {
    const db = app.service().connection.db!;
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    const sizes = names.map(async (name): Promise<[string, number]> => {
      const records = await db.collection(name).find().toArray();
      return [name, Math.max(0, ...records.map((record) => mongoose.mongo.BSON.calculateObjectSize(record)))];
    });
    return Object.fromEntries(await Promise.all(sizes));
  };
  const expectBounded = async (): Promise<void> => {
    for (const [name, size] of Object.entries(await largest())) expect(size, name).to.be.below(mostBytes);
  };
  const addresses = (count: number, of: string): string =>
    Array.from({ length: count }, (_, index) => `${of}-${index}@elsewhere.example`).join('\n');

  it('is bounded for lists of ties that grow with every profile, which then says what to do and keeps what was', async () => {
    const visitor = await participant(app, { subject: 'Aude Avoid' });
    const post = (round: number, more: object = {}) =>
      visitor.send('/profile', {
        ...profileAnswers('Aude Avoid'),
        supervisors: addresses(10, `s${round}`),
        avoid: addresses(40, `a${round}`),
        ...more,
      });
    const statuses: number[] = [];
    for (let round = 0; round < 4; round += 1) statuses.push((await post(round)).status);
    expect(statuses).to.deep.equal([303, 303, 422, 422]);
    expect(plain((await post(5)).text)).to.include('Ces listes sont pleines');
    const [member] = await app.service().connection.collection('members').find().toArray();
    expect((member?.['ties'] as { avoid: string[] }).avoid).to.have.length(80);
    expect((await post(6, { replace: 'yes' })).status).to.equal(303);
    await expectBounded();
  });

  it('is bounded for the addresses of one person, none of which is dropped', async () => {
    const adam = { subject: 'Adam Address' };
    const visitor = await participant(app, adam);
    const statuses: number[] = [];
    for (let round = 0; round < 14; round += 1) {
      const email = `adam-${round}@example.org`;
      statuses.push((await visitor.send('/profile', { ...profileAnswers('Adam Address'), email })).status);
      await visitor.send('/address', { code: await codeFor(app, adam) });
      // As if each were the first of its day.
      await app
        .service()
        .connection.collection('members')
        .updateMany({}, { $unset: { codeLetters: 1 } });
    }
    expect(statuses.filter((status) => status === 303)).to.have.length(11);
    expect(statuses.at(-1)).to.equal(422);
  });

  it('is bounded for a conversation of the longest messages in the widest letters', async () => {
    const visitor = await participant(app, { subject: 'Mia Message' });
    const attempt = (): string => /name="attempt" value="([^"]+)"/u.exec(visitor.last?.text ?? '')?.[1] ?? '';
    const message = wide.repeat(1000);
    await visitor.get('/help');
    await visitor.submit('/help', { attempt: attempt(), lab: 'liris', message });
    const id = /\/help\/([\w-]+)\/messages/u.exec(visitor.last?.text ?? '')?.[1] ?? '';
    const write = (person: Visitor, round: number) =>
      person.send(`/help/${id}/messages`, { attempt: `round-${round}`, message });
    let status = 303;
    for (let round = 0; round < 30 && status === 303; round += 1) status = (await write(visitor, round)).status;
    expect(status).to.equal(409);
    expect(plain((await visitor.submit(`/help/${id}/messages`, { attempt: 'last', message })).text)).to.include(
      'complet',
    );
    await expectBounded();
  });

  it('is bounded for the largest answers of every other form', async () => {
    const visitor = await participant(app, { subject: 'Max Most' });
    // As many windows as there may be, each of them different: eight a day.
    const week = Object.fromEntries(
      Array.from({ length: 56 }, (_, row) => [
        [`days${row}`, String(1 + Math.floor(row / 8))],
        [`from${row}`, `${String(2 * (row % 8)).padStart(2, '0')}:00`],
        [`to${row}`, `${String(2 * (row % 8) + 1).padStart(2, '0')}:00`],
      ]).flat(),
    ) as Record<string, string | string[]>;
    const away = Object.fromEntries(
      Array.from({ length: 12 }, (_, line) => [
        [`awayFrom${line}`, '2027-01-01'],
        [`awayTo${line}`, '2027-01-02'],
      ]).flat(),
    ) as Record<string, string>;
    expect((await visitor.send('/availability', { ...week, ...away })).status).to.equal(303);
    const names = { name: wide.repeat(120), team: wide.repeat(120) };
    expect((await visitor.send('/profile', { ...profileAnswers('Max Most'), ...names })).status).to.equal(303);
    const request = { wish1: 'career_project', format: 'one_off', labPreference: 'any', message: wide.repeat(280) };
    expect((await visitor.send('/request', request)).status).to.equal(303);
    for (const field of ['name', 'team']) {
      const tooLong = { ...profileAnswers('Max Most'), [field]: 'x'.repeat(121) };
      expect((await visitor.send('/profile', tooLong)).status, field).to.equal(422);
    }
    await expectBounded();
  });
});
