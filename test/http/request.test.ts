// The page of a live request, with the mentors there are.
import { expect } from 'chai';
import { memberOf } from '../../service/demo/factories.ts';
import { useApp } from '../support/app.ts';
import { participant, requestAnswers } from '../support/people.ts';

describe('the page of a live request', () => {
  const app = useApp();

  it('tells how many people could answer only from five on, and what narrows the search', async () => {
    const { members } = app.service().ports;
    const topics = ['career_project', 'self_confidence'] as const;
    const fits = { languages: ['fr'], modalities: ['video', 'in_person', 'phone'] } as const;
    const week = { anyTime: true, windows: [], absences: [] };
    for (let index = 0; index < 6; index += 1) {
      const offer = { topics, formats: ['one_off', 'six_months', 'twelve_months'] } as const;
      await members.insert(memberOf({ labId: 'lix', profile: { ...fits, availability: week }, offer }));
    }
    for (let index = 0; index < 5; index += 1) {
      await members.insert(memberOf({ labId: 'lix', profile: { ...fits, languages: ['zh'] }, offer: { topics } }));
    }
    const visitor = await participant(app, { subject: 'Noa Narrow' });
    await visitor.submit('/request', requestAnswers);
    // A page does not wait for the counting: it tells the number once somebody has counted.
    let { text } = await visitor.get('/request');
    for (let tries = 0; tries < 40 && !text.includes('Au moins'); tries += 1)
      ({ text } = await visitor.get('/request'));
    expect(text)
      .to.include('Au moins 5 personnes pourraient répondre')
      .and.to.match(/Langue.: au moins 5 personnes/u);
    expect(text).not.to.match(/Au moins [1-4] |: au moins [1-4] /u);
  });
});
