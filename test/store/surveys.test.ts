// Links that nothing is kept of, and answers that know nothing of their links.
import { expect } from 'chai';
import { createSurveyTokens } from '../../service/store/survey-tokens.ts';
import type { SurveyAnswer } from '../../service/domain/survey.ts';
import { testSecret, useStore } from '../support/store.ts';

const replies = { useful: 'yes', received: 'rather_yes', confidential: 'unsaid', outside_hierarchy: 'no' } as const;
const ticket = { side: 'mentor', until: '2026-12-13' } as const;

describe('store: surveys', () => {
  const { store, connection } = useStore();
  const raw = () => connection().db!.collection<{ _id: string }>('survey_answers');
  const answerFor = (id: string, facts: Partial<SurveyAnswer> = {}): SurveyAnswer => {
    return { id, side: 'mentor', quarter: '2026-Q4', replies, ...facts };
  };

  beforeEach(async () => {
    await raw().deleteMany({});
  });

  describe('links', () => {
    const tokens = createSurveyTokens(testSecret);

    it('say their side and their last day to whoever holds them, and are never the same twice', () => {
      for (const one of [ticket, { side: 'mentee', until: '2149-01-01' } as const]) {
        expect(tokens.open(tokens.issue(one))).to.deep.include(one);
      }
      const issued = Array.from({ length: 1000 }, () => tokens.issue(ticket));
      expect(new Set(issued).size).to.equal(1000);
      expect(new Set(issued.map((token) => tokens.open(token)?.answerId)).size).to.equal(1000);
      expect(issued.every((token) => /^[\w-]{68}$/u.test(token))).to.equal(true);
    });

    it('write nothing into the database', async () => {
      // What says of which version the database is may be there before.
      const count = async (): Promise<Record<string, number>> => {
        const all = await connection().db!.collections();
        const counts = all.map(async (one) => [one.collectionName, await one.countDocuments()] as const);
        return Object.fromEntries(await Promise.all(counts));
      };
      const before = await count();
      store().surveys.issue(ticket);
      expect(await count()).to.deep.equal(before);
    });

    it('are refused when one character is changed, wherever it is, or when they are cut, longer or empty', () => {
      const token = tokens.issue(ticket);
      const changed = Array.from({ length: token.length }, (_, at) => {
        const other = token.startsWith('A', at) ? 'B' : 'A';
        return token.slice(0, at) + other + token.slice(at + 1);
      });
      for (const wrong of [...changed, '', token.slice(1), `${token}A`, `${token.slice(0, -1)}=`, `${token}\n`]) {
        expect(tokens.open(wrong), wrong).to.equal(undefined);
      }
    });

    it('are refused by a service with another secret', () => {
      expect(createSurveyTokens(`${testSecret}!`).open(tokens.issue(ticket))).to.equal(undefined);
    });
  });

  describe('answers', () => {
    it('keep the side, the quarter and the replies, and not one field more', async () => {
      const { answerId: id = '' } = store().surveys.open(store().surveys.issue(ticket)) ?? {};
      expect(await store().surveys.isAnswered(id)).to.equal(false);
      expect(await store().surveys.insert(answerFor(id))).to.equal(true);
      expect(await store().surveys.isAnswered(id)).to.equal(true);
      expect(await raw().find().toArray()).to.deep.equal([{ _id: id, quarter: '2026-Q4', side: 'mentor', replies }]);
    });

    it('are one a link, however many times at once it is used', async () => {
      const outcomes = await Promise.all(Array.from({ length: 30 }, () => store().surveys.insert(answerFor('one'))));
      expect(outcomes.filter((first) => first)).to.have.length(1);
      expect(await raw().countDocuments()).to.equal(1);
    });

    it('lie in the order of their random ids, which says nothing of when they came', async () => {
      const { surveys } = store();
      const ids = Array.from({ length: 50 }, () => surveys.open(surveys.issue(ticket))?.answerId ?? '');
      for (const id of ids) await surveys.insert(answerFor(id));
      const natural = (await raw().find().toArray()).map(({ _id }) => _id);
      expect(natural).to.deep.equal(ids.toSorted());
      expect(natural).to.not.deep.equal(ids);
    });

    it('go quarter by quarter', async () => {
      const quarters = ['2024-Q3', '2024-Q4', '2025-Q1', '2026-Q4'];
      for (const quarter of quarters) await store().surveys.insert(answerFor(quarter, { quarter }));
      expect(await store().surveys.dropUntil('2024-Q4')).to.equal(2);
      expect((await raw().find().toArray()).map(({ _id }) => _id)).to.deep.equal(['2025-Q1', '2026-Q4']);
    });
  });
});
