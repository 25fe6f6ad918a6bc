// Labs overseas: two clocks that show the same hour are not the same hour.
import { expect } from 'chai';
import { availabilityOf, requestOf, type MemberFacts } from '../../service/demo/factories.ts';
import { whyNot } from '../../service/domain/matching/index.ts';
import type { Availability } from '../../service/domain/availability.ts';
import type { Lab } from '../../service/domain/lab.ts';
import type { LabId } from '../../service/domain/terms.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { exportMyData } from '../../service/usecases/export-my-data.ts';
import { loadMatchInput } from '../../service/usecases/load-match-input.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { suggestMeeting } from '../../service/usecases/suggest-meeting.ts';
import { takeOutlook } from '../../service/usecases/take-outlook.ts';
import { viewProposal } from '../../service/usecases/view-proposal.ts';
import { viewRequest } from '../../service/usecases/view-request.ts';
import { useProgramme } from '../support/programme.ts';
import { refusedWith } from '../support/refusals.ts';
import { startsOnOffer } from '../support/times.ts';

const zones = { etis: 'Europe/Paris', cayenne: 'America/Cayenne', reunion: 'Indian/Reunion', tahiti: 'Pacific/Tahiti' };

describe('Two labs in two time zones', () => {
  const programme = useProgramme();

  function ports(closures: Lab['calendar']['closures'] = []): Ports {
    const usual = programme.ports();
    const labs = Object.entries(zones).map(([id, zone]): [LabId, Lab] => [
      id,
      { id, name: id, calendar: { zone, closures }, referral: [], referralToComplete: false },
    ]);
    return { ...usual, rules: { ...usual.rules, labs: new Map(labs) } };
  }
  const monday = (from: number, to: number, absences: Availability['absences'] = []): Availability => ({
    ...availabilityOf({ windows: [{ weekday: 1, from: from * 60, to: to * 60 }] }),
    absences,
  });
  const with_ = (availability: Availability, facts: MemberFacts): MemberFacts => ({
    ...facts,
    profile: { ...facts.profile, availability },
  });

  async function pair(mentee: { labId: LabId; free: Availability }, mentor: { labId: LabId; free: Availability }) {
    const asking = await programme.join(with_(mentee.free, { labId: mentee.labId }));
    const offering = await programme.join(with_(mentor.free, { labId: mentor.labId, offer: {} }));
    const request = requestOf({ memberId: asking.id });
    await ports().requests.insert(request);
    return { mentee: asking, mentor: offering, request };
  }

  for (const labId of ['cayenne', 'reunion']) {
    it(`are not proposed the same morning on two walls, in Paris and ${labId}, and why is told`, async () => {
      const { request } = await pair({ labId: 'etis', free: monday(9, 12) }, { labId, free: monday(9, 12) });
      expect((await runMatching(ports())).proposed).to.equal(0);
      const { input } = await loadMatchInput(ports(), ports().rules.match);
      expect(whyNot(input, request.id).onlyBy).to.deep.include({ availability: 1 });
    });
  }

  it('are proposed where the same instants stand on two walls, and everything says so on each one', async () => {
    // 13:00 to 17:00 in Paris is 09:00 to 13:00 in Cayenne, as long as Paris has its winter time.
    programme.moveTo(new Date('2026-11-10T09:00:00Z'));
    const { mentee, mentor, request } = await pair(
      { labId: 'etis', free: monday(13, 17) },
      { labId: 'cayenne', free: monday(9, 13) },
    );
    expect((await runMatching(ports())).proposed).to.equal(1);
    const proposalId = (await ports().requests.find(request.id))?.proposalId ?? '';
    const cardFor = (memberId: string) => viewProposal(ports(), { memberId, proposalId });
    const [one, other] = [await cardFor(mentee.id), await cardFor(mentor.id)];
    expect([one.common.halfDays, other.common.halfDays]).to.deep.equal([['1pm'], ['1am', '1pm']]);
    expect(one.reasons.flatMap(({ facts }) => facts)).to.deep.include({ code: 'common_hours', hours: 4 });
    for (const memberId of [mentee.id, mentor.id]) {
      const exported = JSON.stringify(await exportMyData(ports(), { memberId }));
      for (const placing of ['mentorHalfDays', 'sameLab']) expect(exported).to.not.include(placing);
      await answerProposal(ports(), { memberId, proposalId, answer: 'yes' });
    }
    const starts = await startsOnOffer(ports(), { memberId: mentor.id, dialogueId: proposalId });
    expect(starts[0]?.toISOString()).to.equal('2026-11-16T12:00:00.000Z');
    expect(starts).to.have.lengthOf(3 * 7);
  });

  it('are proposed for an hour that only the change of the clocks will give them, and it is on offer then', async () => {
    // In Paris 13:00 is 11:00 of universal time in summer and 12:00 in winter; in Cayenne 09:00 is always 12:00.
    programme.moveTo(new Date('2026-10-06T09:00:00Z'));
    const seldom = { labId: 'cayenne', free: monday(9, 10) };
    const { mentee, mentor, request } = await pair({ labId: 'etis', free: monday(13, 14) }, seldom);
    expect((await runMatching(ports())).proposed).to.equal(1);
    const proposalId = (await ports().requests.find(request.id))?.proposalId ?? '';
    for (const { id: memberId } of [mentee, mentor]) {
      await answerProposal(ports(), { memberId, proposalId, answer: 'yes' });
    }
    const starts = await startsOnOffer(ports(), { memberId: mentee.id, dialogueId: proposalId });
    expect(starts.map((start) => start.toISOString())).to.deep.equal(
      ['10-26', '11-02', '11-09', '11-16'].map((day) => `2026-${day}T12:00:00.000Z`),
    );
    const meeting = { memberId: mentee.id, dialogueId: proposalId, modality: 'video' } as const;
    await refusedWith(
      'slot_not_common',
      suggestMeeting(ports(), { ...meeting, startsAt: new Date('2026-10-19T12:00Z') }),
    );
    const last = starts.at(-1) ?? new Date(0);
    await suggestMeeting(ports(), { ...meeting, startsAt: last });
  });

  it('are not proposed where one is away, or a lab is closed, for all of the six weeks', async () => {
    programme.moveTo(new Date('2026-11-10T09:00:00Z'));
    const away = monday(9, 12, [{ fromOn: '2026-11-01', toOn: '2026-12-31' }]);
    await pair({ labId: 'etis', free: away }, { labId: 'etis', free: monday(9, 12) });
    expect((await runMatching(ports(), { key: 'away' })).proposed).to.equal(0);
    programme.moveTo(new Date('2027-01-26T09:00:00Z'));
    expect((await runMatching(ports([{ from: '01-20', to: '03-20' }]), { key: 'closed' })).proposed).to.equal(0);
    expect((await runMatching(ports(), { key: 'open' })).proposed).to.equal(1);
  });

  it('are not proposed to each other for being free at any time where their days never meet', async () => {
    programme.moveTo(new Date('2026-07-07T09:00:00Z'));
    const free = { anyTime: true, windows: [], absences: [] };
    await pair({ labId: 'etis', free }, { labId: 'tahiti', free });
    expect((await runMatching(ports(), { key: 'summer' })).proposed).to.equal(0);
  });

  it('are not proposed for an hour that is over before they must have answered', async () => {
    programme.moveTo(new Date('2026-11-13T06:00:00Z'));
    const soon = monday(9, 10, [{ fromOn: '2026-11-17', toOn: '2027-03-31' }]);
    await pair({ labId: 'etis', free: monday(9, 10) }, { labId: 'etis', free: soon });
    expect((await runMatching(ports())).proposed).to.equal(0);
  });

  it('are not told to be free at any time where their clocks, or an absence, leave less', async () => {
    programme.moveTo(new Date('2026-11-10T09:00:00Z'));
    const free = { anyTime: true, windows: [], absences: [] };
    const factsBetween = async (labId: LabId, other: Availability) => {
      const { request } = await pair({ labId: 'etis', free }, { labId, free: other });
      await runMatching(ports(), { key: `with ${labId} ${String(other.absences.length)}` });
      const { proposalId = '' } = (await ports().requests.find(request.id)) ?? {};
      const proposal = await ports().proposals.find(proposalId);
      return proposal?.reasons.flatMap(({ facts }) => facts) ?? [];
    };
    const told = { code: 'both_any_time' };
    expect(await factsBetween('cayenne', free)).to.not.deep.include(told);
    const away = { ...free, absences: [{ fromOn: '2026-11-20', toOn: '2026-11-20' }] };
    expect(await factsBetween('etis', away)).to.not.deep.include(told);
    expect(await factsBetween('etis', free)).to.deep.include(told);
  });

  it('go on where a lab has left the configuration, without its people', async () => {
    await pair({ labId: 'etis', free: monday(9, 12) }, { labId: 'etis', free: monday(9, 12) });
    await pair({ labId: 'gone', free: monday(9, 12) }, { labId: 'gone', free: monday(9, 12) });
    expect((await runMatching(ports())).proposed).to.equal(1);
    expect(await takeOutlook(ports())).to.equal(true);
    const { id: memberId } = await programme.join({ labId: 'gone' });
    await ports().requests.insert(requestOf({ memberId }));
    expect(await viewRequest(ports(), { memberId })).to.have.all.keys('request');
  });

  it('tell somebody whose own absences leave no hour that it is their availability', async () => {
    for (let mentor = 0; mentor < 30; mentor += 1) {
      await programme.join(with_(monday(9, 12), { labId: 'etis', offer: { topics: ['conflict'] } }));
    }
    await takeOutlook(ports());
    const away = monday(9, 12, [{ fromOn: '2026-11-01', toOn: '2027-03-31' }]);
    const { id: memberId } = await programme.join(with_(away, { labId: 'etis' }));
    await ports().requests.insert(requestOf({ memberId, wishes: { topics: ['conflict'] } }));
    expect((await viewRequest(ports(), { memberId }))?.outlook?.limits).to.deep.equal(['availability']);
  });

  it('see the outlook of a request on one clock', async () => {
    for (let mentor = 0; mentor < 30; mentor += 1) {
      await programme.join(with_(monday(9, 12), { labId: 'etis', offer: { topics: ['conflict'] } }));
    }
    await takeOutlook(ports());
    const limitsOf = async (labId: LabId, free: Availability) => {
      const { id: memberId } = await programme.join(with_(free, { labId }));
      await ports().requests.insert(requestOf({ memberId, wishes: { topics: ['conflict'] } }));
      return (await viewRequest(ports(), { memberId }))?.outlook?.limits;
    };
    expect(await limitsOf('etis', monday(9, 12))).to.deep.equal([]);
    // The hours of that morning in Paris lie before midnight of Sunday in Tahiti, and in the night; its own lie in the evening.
    expect(await limitsOf('tahiti', monday(8, 12))).to.deep.equal(['availability']);
    expect(await limitsOf('reunion', monday(12, 15))).to.deep.equal([]);
  });
});
