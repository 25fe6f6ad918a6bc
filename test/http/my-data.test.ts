// A person's own data: seen, exported, left; and the offer and request that can be taken back.
import { expect } from 'chai';
import { useApp } from '../support/app.ts';
import { mornings, offerAnswers, participant, profileAnswers, requestAnswers } from '../support/people.ts';

describe('a person’s own pages', () => {
  const app = useApp();

  it('say that nothing is stored about somebody who has not signed', async () => {
    const visitor = await app.enter({ subject: 'Nil Nothing', target: '/my-data' });
    expect(visitor.last?.text).to.include('Rien n’est enregistré à votre sujet');
  });

  it('show and export one’s own data, ties only as a number', async () => {
    const visitor = await participant(app, { subject: 'Eve Export' });
    await visitor.submit('/profile', {
      ...profileAnswers('Eve Export'),
      team: 'Robots',
      supervisors: 'boss@lab.example',
    });
    const page = (await visitor.get('/my-data')).text;
    expect(page).to.include('eve.export@example.org').and.include('2 empreintes');
    const { headers, text } = await visitor.get('/my-data/export.json');
    expect(headers['content-disposition']).to.include('mentorat-dialogue.json');
    expect(text).to.include('Eve Export').and.not.include('boss').and.not.include('Robots');
  });

  it('never show declared ties again, and forget them on demand', async () => {
    const visitor = await participant(app, { subject: 'Tim Ties' });
    await visitor.submit('/profile', { ...profileAnswers('Tim Ties'), avoid: 'a@lab.example\nb@lab.example' });
    expect((await visitor.get('/profile')).text)
      .to.include('2 personnes à éviter')
      .and.not.include('a@lab.example');
    await visitor.submit('/profile', { ...profileAnswers('Tim Ties'), replace: 'yes' });
    expect((await visitor.get('/profile')).text).not.to.include('personnes à éviter sont déclarées');
  });

  it('let a person leave at once, and start again from the charter', async () => {
    const visitor = await participant(app, { subject: 'Gil Gone' });
    expect((await visitor.submit('/my-data/leave')).text).to.include('Vous avez quitté le programme');
    expect((await visitor.get('/')).status).to.equal(401);
    expect((await app.enter({ subject: 'Gil Gone' })).last?.text).to.include('La charte du programme');
  });

  it('let somebody paint a week for a minute, asking what it means, and save it', async () => {
    const visitor = await participant(app, { subject: 'Petra Paints' });
    await visitor.get('/mentor');
    const week = { ...offerAnswers, week: 'yes', ...mornings };
    for (let strokes = 0; strokes < 80; strokes += 1) {
      const { status, text } = await visitor.send('/mentor/meaning', week);
      expect([status, text.includes('lundi et mardi de 9')], `stroke ${strokes}`).to.deep.equal([200, true]);
    }
    expect((await visitor.send('/mentor', week)).status).to.equal(303);
  });

  it('open, pause, resume and withdraw an offer', async () => {
    const visitor = await participant(app, { subject: 'Olga Offer' });
    await visitor.submit('/mentor', { ...offerAnswers, capacity: '3' });
    expect(visitor.last?.text).to.include('3 dialogues à la fois').and.include('Ce que l’autre personne verra');
    await visitor.submit('/mentor/pause', { until: '2027-01-15' });
    expect(visitor.last?.text).to.include('Elle reprendra le 15 janvier 2027');
    await visitor.submit('/mentor/resume');
    expect(visitor.last?.text).to.include('de nouveau ouverte').and.include('3 dialogues à la fois');
    // Without a date the pause has no end, and home begins with the way out of it.
    await visitor.submit('/mentor/pause');
    expect(visitor.last?.text).to.include('jusqu’à ce que vous la repreniez');
    const next = (await visitor.get('/')).text.split('class="next"')[1]?.split('</section>')[0];
    expect(next).to.include('Votre mentorat est en pause').and.include('href="/mentor">Reprendre mon mentorat');
    await visitor.submit('/choices/pause');
    expect((await visitor.get('/mentor')).text).to.include('Votre participation entière est en pause');
    await visitor.submit('/choices/resume');
    await visitor.submit('/mentor/resume');
    expect(visitor.last?.text).to.include('de nouveau ouverte').and.include('3 dialogues à la fois');
    await visitor.submit('/mentor/withdraw');
    expect(visitor.last?.text).to.include('Votre offre est retirée');
  });

  it('keep the offer’s answers on the page when a pause is wrong', async () => {
    const visitor = await participant(app, { subject: 'Paul Pause' });
    await visitor.submit('/mentor', offerAnswers);
    const { status, text } = await visitor.submit('/mentor/pause', { until: '2026-11-01' });
    expect(status).to.equal(422);
    expect(text)
      .to.include('Choisissez une date à venir')
      .and.match(/value="career_project" checked/u);
  });

  it('show the live request in place of the form, and withdraw it', async () => {
    const visitor = await participant(app, { subject: 'Rose Request' });
    await visitor.submit('/request', requestAnswers);
    const { text } = await visitor.get('/request');
    expect(text).to.include('Nous cherchons une personne pour vous').and.include('Projet de carrière');
    expect((await visitor.submit('/request', requestAnswers)).text).to.include('Vous avez déjà une demande en cours');
    await visitor.get('/request');
    await visitor.submit('/request/withdraw');
    expect(visitor.last?.text).to.include('Votre demande est retirée');
  });
});
