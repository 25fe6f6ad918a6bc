// One question for those who ask in the same turn: everybody gets their own answer, and none that is older than their question.
import { expect } from 'chai';
import { setImmediate as turn } from 'node:timers/promises';
import { gather } from '../../../service/store/lti/gather.ts';

describe('questions asked together', () => {
  it('become one, whose answers come back to each', async () => {
    const asked: number[][] = [];
    const double = gather<number, number>((numbers) => {
      asked.push(numbers);
      return Promise.resolve(numbers.map((number) => 2 * number));
    });
    expect(await Promise.all([1, 2, 3].map(double))).to.deep.equal([2, 4, 6]);
    expect(await double(4)).to.equal(8);
    expect(asked).to.deep.equal([[1, 2, 3], [4]]);
  });

  it('never wait for a question that is under way, and are not answered by it', async () => {
    const open: ((answers: string[]) => void)[] = [];
    const ask = gather<string, string>(() => new Promise((resolve) => open.push(resolve)));
    const early = ask('early');
    await turn();
    await turn();
    const late = ask('late');
    await turn();
    await turn();
    expect(open).to.have.lengthOf(2);
    open[1]?.(['new']);
    expect(await late).to.equal('new');
    open[0]?.(['old']);
    expect(await early).to.equal('old');
  });

  it('fail alone where one fails alone, and all where nobody can be answered', async () => {
    const ask = gather<string, string>((words) => {
      if (words.includes('nobody')) throw new Error('away');
      return Promise.resolve(words.map((word) => (word === 'bad' ? new Error('bad') : word)));
    });
    const outcomes = async (...words: string[]): Promise<string[]> =>
      Promise.all(words.map((word) => ask(word).catch(String)));
    expect(await outcomes('good', 'bad', 'fine')).to.deep.equal(['good', 'Error: bad', 'fine']);
    expect(await outcomes('good', 'nobody')).to.deep.equal(['Error: away', 'Error: away']);
    expect(await outcomes('good')).to.deep.equal(['good']);
  });
});
