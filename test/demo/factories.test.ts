import { expect } from 'chai';
import { checkAvailability } from '../../service/domain/availability.ts';
import { commonStarts } from '../support/times.ts';
import { isOpenAsMentor } from '../../service/domain/member.ts';
import { inventedNow, memberOf, profileOf, restartSequences } from '../../service/demo/factories.ts';
import { inventedPerson } from '../../service/demo/invented-names.ts';

describe('demo: invented records', () => {
  it('are the same again when the sequences begin again', () => {
    restartSequences();
    const first = [memberOf(), memberOf({ offer: {} })];
    restartSequences();
    expect([memberOf(), memberOf({ offer: {} })]).to.deep.equal(first);
  });

  it('give every one of 3,000 persons an address of their own, under a domain that no mail reaches', () => {
    const people = Array.from({ length: 3000 }, (_, number) => inventedPerson(number, 'etis'));
    expect(new Set(people.map(({ email }) => email))).to.have.property('size', 3000);
    for (const { email } of people) expect(email).to.match(/^[a-z]+\.[a-z]+\d*@etis\.example$/);
  });

  it('keep the usual facts beside the one that matters', () => {
    const mentor = memberOf({ offer: { capacity: 5 }, profile: { languages: ['en'] }, labId: 'lix' });
    expect(mentor.offer).to.include({ capacity: 5, keptForConversation: true });
    expect(mentor.profile).to.include({ careerStage: 'postdoctoral' });
    expect(mentor.email).to.match(/@lix\.example$/);
    expect(isOpenAsMentor(mentor, '2026-11-16')).to.equal(true);
  });

  it('let two persons who say nothing about their week meet', () => {
    const { availability, modalities } = profileOf();
    const calendar = { zone: 'Europe/Paris', closures: [] };
    const attendee = { availability: checkAvailability(availability), modalities, calendar };
    expect(commonStarts([attendee, attendee], { from: inventedNow, days: 7, halfHours: 2 })).to.not.be.empty;
  });

  it('make a draft of somebody without a profile', () => {
    expect(memberOf({ profile: null }))
      .to.include({ status: 'draft' })
      .and.not.have.any.keys('profile');
  });
});
