// From the intranet's link to the dialogue space: charter, profile, availability.
import { expect } from 'chai';
import { useApp } from '../support/app.ts';
import { charterAnswers, participant, profileAnswers, signed } from '../support/people.ts';

describe('the way in', () => {
  const app = useApp();

  it('shows a newcomer the charter first, in the language of their platform', async () => {
    const french = await app.enter({ subject: 'Noé Neuf' });
    expect(french.last?.text).to.include('<html lang="fr">').and.include('La charte du programme');
    const english = await app.enter({ subject: 'Nora New', locale: 'en-GB' });
    expect(english.last?.text).to.include('<html lang="en">').and.include('The programme’s charter');
  });

  it('stores nothing about somebody who did not sign', async () => {
    await app.enter({ subject: 'Lou Lecture', email: 'lou@example.org' });
    expect(await app.service().connection.collection('members').countDocuments({})).to.equal(0);
  });

  it('refuses a signature without agreement and keeps what was typed', async () => {
    const visitor = await app.enter({ subject: 'Alix Attente' });
    const { agree: _agree, ...answers } = charterAnswers('Alix Attente');
    const { status, text } = await visitor.submit('/charter', answers);
    expect(status).to.equal(422);
    expect(text).to.include('href="#f-agree"').and.include('value="Alix Attente"');
  });

  it('leads from the charter to the profile, to the availability, and to the dialogue space', async () => {
    const visitor = await app.enter({ subject: 'Ada Avance' });
    const profile = await visitor.submit('/charter', charterAnswers('Ada Avance'));
    expect(profile.text).to.include('<h1>Votre profil</h1>');
    const availability = await visitor.submit('/profile', profileAnswers('Ada Avance'));
    expect(availability.text).to.include('<h1>Vos disponibilités</h1>');
    const home = await visitor.submit('/availability', { anyTime: 'yes' });
    expect(home.text).to.include('Bonjour Ada Avance');
  });

  it('shows first what the role on the platform suggests, and offers both ways to everybody', async () => {
    const learner = await participant(app, { subject: 'Lea Learner' });
    const teacher = await participant(app, { subject: 'Tom Teacher', roles: ['Instructor'] });
    const order = (text = ''): boolean =>
      text.indexOf('href="/request">Faire') < text.indexOf('href="/mentor">Devenir');
    const first = (await learner.get('/')).text.split('class="next"')[1]?.split('</section>')[0];
    const other = (await teacher.get('/')).text.split('class="next"')[1]?.split('</section>')[0];
    expect(order(first)).to.equal(true);
    expect(order(other)).to.equal(false);
    expect(other).to.include('/request');
  });

  it('opens the page that the link names, once the charter is signed', async () => {
    await participant(app, { subject: 'Max Mentor' });
    const visitor = await app.enter({ subject: 'Max Mentor', target: '/mentor' });
    expect(visitor.last?.text).to.include('<h1>Devenir mentor ou mentore</h1>');
    const elsewhere = await app.enter({ subject: 'Max Mentor', target: '/dialogues/x' });
    expect(elsewhere.last?.text).to.include('Bonjour Max Mentor');
  });

  it('tells the same platform name in two labs apart', async () => {
    await participant(app, { subject: 'Sam', lab: 'etis' });
    const other = await app.enter({ subject: 'Sam', lab: 'liris' });
    expect(other.last?.text).to.include('La charte du programme');
  });

  it('asks for a new signature when the charter has changed, and says so', async () => {
    const visitor = await participant(app, { subject: 'Rita Relit' });
    await app
      .service()
      .connection.collection('members')
      .updateMany({}, { $set: { 'charter.version': '2020-01' } });
    const { text } = await visitor.get('/');
    expect(text).to.include('La charte a changé');
    const after = await visitor.submit('/charter', charterAnswers('Rita Relit'));
    expect(after.text).to.include('Votre signature est enregistrée');
  });

  it('changes the language of the session and stays on the page', async () => {
    const visitor = await signed(app, { subject: 'Lin Langue' });
    const { text } = await visitor.submit('/language', { locale: 'en', back: '/profile' });
    expect(text).to.include('<html lang="en">').and.include('<h1>Your profile</h1>');
    const away = await visitor.send('/language', { locale: 'fr', back: '//evil.example' });
    expect(away.headers['location']).to.equal('/');
  });

  it('closes the session and keeps what was saved', async () => {
    const visitor = await participant(app, { subject: 'Fin Ferme' });
    expect((await visitor.submit('/log-out')).text).to.include('Votre session est fermée');
    const { status, text } = await visitor.get('/');
    expect(status).to.equal(401);
    expect(text).to.include('depuis l’intranet').and.include('3114');
    expect((await app.enter({ subject: 'Fin Ferme' })).last?.text).to.include('Bonjour Fin Ferme');
  });
});
