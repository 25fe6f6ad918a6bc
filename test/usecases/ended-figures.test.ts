// The figures about closed dialogues, from the dialogue to the frozen snapshot.
import { expect } from 'chai';
import { daysAgo, dialogueOf } from '../../service/demo/factories.ts';
import { purgeEnded } from '../../service/usecases/purge-ended.ts';
import { takeSnapshot } from '../../service/usecases/take-snapshot.ts';
import { useProgramme } from '../support/programme.ts';

describe('The figures about closed dialogues', () => {
  const programme = useProgramme();
  const at = (date: string): Date => new Date(`${date}T09:00:00Z`);

  async function close(count: number, on: string): Promise<void> {
    for (let times = 0; times < count; times += 1) {
      const facts = { introducedAt: daysAgo(200), firstHeldAt: daysAgo(190), closingSince: at(on), closedAt: at(on) };
      const { due: _due, ...closed } = dialogueOf({ status: 'closed', closing: 'completed', ...facts });
      await programme.ports().dialogues.insert(closed);
    }
  }

  async function answer(count: number, quarter: string): Promise<void> {
    const replies = { useful: 'yes', received: 'yes', confidential: 'yes', outside_hierarchy: 'unsaid' } as const;
    const { surveys, newId } = programme.ports();
    for (let times = 0; times < count; times += 1)
      await surveys.insert({ id: newId(), quarter, side: 'mentee', replies });
  }

  async function frozenOn(date: string) {
    programme.moveTo(at(date));
    await purgeEnded(programme.ports());
    expect(await takeSnapshot(programme.ports())).to.equal(true);
    return programme.ports().snapshots.latest();
  }

  it('come when a whole quarter is counted, 90 days after its last dialogue closed, and then stay', async () => {
    await close(15, '2026-10-05');
    await close(15, '2026-12-20');
    await answer(12, '2026-Q4');
    const early = await frozenOn('2027-02-01');
    expect(early).to.not.have.any.keys('endings', 'quality');
    const due = await frozenOn('2027-04-01');
    expect(due?.endings).to.deep.include({ from: '2026-Q4', until: '2026-Q4', metSoon: { shown: true, percent: 100 } });
    expect(due?.quality).to.deep.include({ answers: 12, responses: { shown: true, percent: 20 } });
    await close(9, '2027-01-20');
    await answer(9, '2027-Q1');
    const later = await frozenOn('2027-08-01');
    expect(later?.endings).to.deep.equal(due?.endings);
    expect(later?.quality).to.deep.equal(due?.quality);
  });

  it('are the same in every copy of the service that freezes them at once', async () => {
    await close(30, '2026-10-05');
    programme.moveTo(at('2027-03-01'));
    await purgeEnded(programme.ports());
    await Promise.all(Array.from({ length: 5 }, () => takeSnapshot(programme.ports())));
    const kept = await programme.connection().db!.collection('snapshots').find().toArray();
    expect(kept).to.have.length(1);
    expect(kept[0]?.['endings']).to.include({ from: '2026-Q4', until: '2026-Q4' });
  });
});
