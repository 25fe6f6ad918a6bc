// The page of a request: what it says of the mentors there are, and what moves it.
import { expect } from 'chai';
import { requestOf, type MemberFacts } from '../../service/demo/factories.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { takeOutlook } from '../../service/usecases/take-outlook.ts';
import { viewRequest, type RequestView } from '../../service/usecases/view-request.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

describe('The page of a request', () => {
  const programme = useProgramme();

  async function mentors(count: number, facts: MemberFacts = {}): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await programme.join({ labId: 'lix', ...facts, offer: { ...facts.offer } });
    }
  }

  async function asking(facts: MemberFacts = {}): Promise<string> {
    const mentee = await programme.join(facts);
    await programme.ports().requests.insert(requestOf({ memberId: mentee.id }));
    return mentee.id;
  }

  const view = (memberId: string): Promise<RequestView | undefined> => viewRequest(programme.ports(), { memberId });
  const night = async (): Promise<boolean> => {
    programme.moveBy(dayMs);
    return takeOutlook(programme.ports());
  };

  it('is empty for somebody without a request', async () => {
    expect(await view((await programme.join()).id)).to.equal(undefined);
  });

  it('says nothing of the mentors before the first table was made', async () => {
    const memberId = await asking();
    await mentors(20);
    expect(Object.keys((await view(memberId)) ?? {})).to.deep.equal(['request']);
    expect(await takeOutlook(programme.ports())).to.equal(true);
    expect((await view(memberId))?.outlook?.outlook).to.equal('several');
  });

  it('says what the last night said, whoever comes and goes by day', async () => {
    const memberId = await asking();
    await takeOutlook(programme.ports());
    const before = await view(memberId);
    await mentors(20);
    expect(await view(memberId)).to.deep.equal(before);
    programme.moveBy(60_000);
    expect(await takeOutlook(programme.ports())).to.equal(false);
    expect(await night()).to.equal(true);
    expect((await view(memberId))?.outlook).to.include({ outlook: 'several' });
  });

  it('makes one table a night, from three o’clock on, with two copies at once', async () => {
    await takeOutlook(programme.ports());
    programme.moveTo(new Date('2026-11-18T01:59:00Z'));
    expect(await takeOutlook(programme.ports())).to.equal(false);
    programme.moveBy(60_000);
    await Promise.all([takeOutlook(programme.ports()), takeOutlook(programme.ports())]);
    expect((await programme.ports().outlooks.find())?.on).to.equal('2026-11-18');
    await programme.ports().outlooks.keep({ on: '2026-11-17', cells: { mentors: 'several' } });
    expect((await programme.ports().outlooks.find())?.on).to.equal('2026-11-18');
    expect(await programme.connection().collection('outlooks').countDocuments()).to.equal(1);
  });

  it('counts who offers, is there and has a place, and nobody else', async () => {
    const memberId = await asking();
    await mentors(20, { held: ['x', 'y'] });
    await mentors(20, { offer: { pausedUntil: '2027-01-01' } });
    await mentors(20, { status: 'paused' });
    await night();
    expect((await view(memberId))?.outlook?.outlook).to.equal('hardly_any');
  });

  it('is the same for whoever wishes the same, whatever ties, lists and teams anybody has', async () => {
    const plain = await asking({ ties: { team: 'a', self: ['one'] } });
    const tied = await asking({ ties: { team: 'team', self: ['me'], supervisors: ['boss'], avoid: ['foe'] } });
    await mentors(20, { ties: { team: 'team', self: ['boss'], avoid: ['me'] } });
    await night();
    const [one, other] = [await view(plain), await view(tied)];
    expect(one?.outlook).to.deep.equal(other?.outlook);
    expect(one?.outlook?.outlook).to.equal('several');
  });

  it('tells only that there is a proposal once there is one', async () => {
    const memberId = await asking();
    await mentors(6);
    await night();
    await runMatching(programme.ports());
    expect(Object.keys((await view(memberId)) ?? {})).to.deep.equal(['request']);
  });
});
