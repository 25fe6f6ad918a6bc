// The page of a live request, with the mentors of the last night.
import { expect } from 'chai';
import { memberOf } from '../../service/demo/factories.ts';
import { takeOutlook } from '../../service/usecases/take-outlook.ts';
import { useApp } from '../support/app.ts';
import { participant, profileAnswers, requestAnswers } from '../support/people.ts';

describe('the page of a live request', () => {
  const app = useApp();
  const topics = ['career_project', 'self_confidence'] as const;
  const week = { anyTime: true, windows: [], absences: [] };
  const profile = { languages: ['fr'], modalities: ['video', 'in_person', 'phone'], availability: week } as const;

  before('twenty mentors are there', async () => {
    const offer = { topics, formats: ['one_off', 'six_months', 'twelve_months'] } as const;
    for (let index = 0; index < 20; index += 1) {
      await app.service().ports.members.insert(memberOf({ labId: 'lix', profile, offer }));
    }
    await takeOutlook(app.service().ports);
  });

  it('says in one coarse sentence how the search may turn out, and nothing narrows it', async () => {
    const visitor = await participant(app, { subject: 'Noa Narrow' });
    await visitor.submit('/request', requestAnswers);
    const { text } = await visitor.get('/request');
    expect(text).to.include('plusieurs mentors répondaient à chacun de vos souhaits');
    expect(text).not.to.include('Ce qui limite la recherche');
    expect(text).not.to.match(/[Aa]u moins \d/u);
  });

  it('names one’s own wishes that few meet, each with the way to change that very thing', async () => {
    const visitor = await participant(app, { subject: 'Ada Arabe' });
    await visitor.submit('/profile', { ...profileAnswers('Ada Arabe'), language: 'ar', otherLanguages: [] });
    await visitor.submit('/request', { ...requestAnswers, wish1: 'conflict', wish2: '', labPreference: 'same_only' });
    const { text } = await visitor.get('/request');
    const told = text.slice(text.indexOf('id="limits"'));
    expect(told).to.match(/Langues.: les vôtres[^<]*<a href="\/profile">/u);
    expect(told).to.match(/Sujets.: les vôtres[^<]*<a href="\/request\/change">/u);
    expect(told).to.match(/Laboratoire.: votre choix[^<]*<a href="\/request\/change">/u);
    expect(told).not.to.match(/Durée.: celle|Disponibilités.: peu/u);
    expect(text).to.include('ne trouvait presque aucun mentor');
    for (const href of ['/profile', '/request/change', '/availability'])
      await visitor.get(href).then(({ status }) => {
        expect(status).to.equal(200);
      });
  });
});
