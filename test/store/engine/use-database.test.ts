import { expect } from 'chai';
import { useDatabase } from '../../support/database.ts';

describe('the test database', () => {
  const database = useDatabase();

  it('answers ping and keeps what is written', async () => {
    const db = database.connection().db!;
    expect(await db.command({ ping: 1 })).to.include({ ok: 1 });
    await db.collection<{ _id: string }>('things').insertOne({ _id: 'one' });
    expect(await db.collection('things').countDocuments()).to.equal(1);
  });
});
