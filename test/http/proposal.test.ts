// Double-blind proposals and what comes of them, as the two people see them.
import { expect } from 'chai';
import { useApp } from '../support/app.ts';
import { introducedPair, offerAnswers, participant, proposedPair, requestAnswers } from '../support/people.ts';

describe('the pages of a proposal', () => {
  const app = useApp();

  it('show what the two have in common and why, and neither name nor address nor lab', async () => {
    const { mentee, mentor, proposal } = await proposedPair(app, { mentee: 'Mia Blind', mentor: 'Marc Blind' });
    const [forMentee, forMentor] = [(await mentee.get(proposal)).text, (await mentor.get(proposal)).text];
    for (const text of [forMentee, forMentor]) {
      expect(text)
        .to.include('Projet de carrière')
        .and.include('Lundi matin')
        .and.include('Vous avez 2 sujets en commun');
    }
    expect(forMentee).not.to.match(/Marc|marc\.blind|LIRIS|liris/u);
    expect(forMentor).not.to.match(/Mia|mia\.blind|ETIS|etis/u);
  });

  it('give yes and no the same weight', async () => {
    const { mentee, proposal } = await proposedPair(app, { mentee: 'Mia Weight', mentor: 'Marc Weight' });
    const { text } = await mentee.get(proposal);
    const classOf = (value: string): string | undefined =>
      new RegExp(`<button class="([^"]*)" name="answer" value="${value}"`, 'u').exec(text)?.[1];
    expect(classOf('yes')).to.be.a('string').and.equal(classOf('no'));
  });

  it('say after the last day until when an answer still counts, at the next regular run', async () => {
    const { mentee, proposal } = await proposedPair(app, { mentee: 'Mia Late', mentor: 'Marc Late' });
    expect((await mentee.get(proposal)).text).to.include('Réponse possible jusqu’au lundi 30 novembre');
    const before = app.clock.now();
    app.clock.set(new Date('2026-11-30T20:00:00Z'));
    await mentee.get('/');
    expect((await mentee.get(proposal)).text).to.include('Réponse possible jusqu’au mardi 1 décembre');
    app.clock.set(before);
    await mentee.submit(`${proposal}/answer`, { answer: 'no' });
  });

  it('read the same on the other side after a yes, after a no, and before any answer', async () => {
    const pages = [];
    for (const answer of [undefined, 'yes', 'no']) {
      const name = answer ?? 'nothing';
      const pair = await proposedPair(app, { mentee: `Mia ${name}`, mentor: `Marc ${name}` });
      if (answer !== undefined) await pair.mentor.submit(`${pair.proposal}/answer`, { answer });
      const { text } = await pair.mentee.get(pair.proposal);
      pages.push(
        text
          .replaceAll(pair.proposal, '')
          .replaceAll(/name="_csrf" value="[^"]*"/gu, '')
          .replace(/etag.*/giu, ''),
      );
      await pair.mentee.submit(`${pair.proposal}/answer`, { answer: 'no' });
    }
    expect(pages[1]).to.equal(pages[0]);
    expect(pages[2]).to.equal(pages[0]);
  });

  it('do not exist for a third person', async () => {
    const { proposal } = await proposedPair(app, { mentee: 'Mia Third', mentor: 'Marc Third' });
    const third = await participant(app, { subject: 'Tess Third' });
    expect((await third.get(proposal)).status).to.equal(404);
    expect((await third.send(`${proposal}/answer`, { answer: 'yes' })).status).to.equal(404);
    expect((await third.get(proposal.replace('proposals', 'dialogues'))).status).to.equal(404);
  });

  it('show the mentee’s message to the mentor, escaped, and to nobody else', async () => {
    const mentor = await participant(app, { subject: 'Marc Message', lab: 'liris' });
    await mentor.submit('/mentor', offerAnswers);
    const mentee = await participant(app, { subject: 'Mia Message' });
    await mentee.submit('/request', { ...requestAnswers, message: 'Bonjour <script>alert(1)</script>' });
    const { runMatching } = await import('../../service/usecases/run-matching.ts');
    await runMatching(app.service().ports, { seed: 1 });
    const [proposal = ''] = /\/proposals\/[\w-]+/u.exec((await mentor.get('/')).text) ?? [];
    const { text } = await mentor.get(proposal);
    expect(text).to.include('Bonjour &lt;script&gt;').and.not.include('<script>alert');
  });

  it('take back a yes as long as nothing is settled, and take no answer twice', async () => {
    const { mentee, proposal } = await proposedPair(app, { mentee: 'Mia Twice', mentor: 'Marc Twice' });
    await mentee.submit(`${proposal}/answer`, { answer: 'yes' });
    expect((await mentee.get(proposal)).text)
      .to.include('Vous avez dit oui')
      .and.include('Changer d’avis');
    const twice = await mentee.submit(`${proposal}/answer`, { answer: 'yes' });
    expect(twice.status).to.equal(409);
    expect(twice.text).to.include('Vous avez déjà répondu');
    await mentee.submit(`${proposal}/answer`, { answer: 'no' });
    expect((await mentee.get(proposal)).text)
      .to.include('Vous avez dit non')
      .and.not.include('Changer d’avis');
  });
});

describe('the pages of a dialogue', () => {
  const app = useApp();

  it('show both identities after two yeses', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Mia Meets', mentor: 'Marc Meets' });
    expect((await mentee.get(dialogue)).text)
      .to.include('Marc Meets')
      .and.include('mailto:marc.meets@example.org')
      .and.include('LIRIS');
    expect((await mentor.get(dialogue)).text)
      .to.include('Mia Meets')
      .and.include('ETIS');
    const old = await mentee.get(dialogue.replace('dialogues', 'proposals'));
    expect(old.text).to.include('Votre dialogue avec Marc Meets');
  });

  it('is where the page of a matched request leads', async () => {
    const { mentee, dialogue } = await introducedPair(app, { mentee: 'Mia Matched', mentor: 'Marc Matched' });
    expect((await mentee.get('/request')).text).to.include(`href="${dialogue}">Voir le dialogue`);
  });

  it('lead from a suggested time to an agreed one, and to a cancelled one', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Mia Plans', mentor: 'Marc Plans' });
    const { text } = await mentee.get(dialogue);
    expect(text).to.include('<h4 class="times-day">lundi 30 novembre</h4>');
    const [, startsAt = ''] = /name="startsAt" value="(2026-11-30T[^"]+)"/u.exec(text) ?? [];
    await mentee.submit(`${dialogue}/meetings`, { startsAt, modality: 'video' });
    expect(mentee.last?.text).to.include('Vous avez proposé ce moment').and.not.include('Ce moment me convient');

    const asked = (await mentor.get(dialogue)).text;
    const [, meeting = ''] = /action="(\/meetings\/[\w-]+)\/agree"/u.exec(asked) ?? [];
    const [, sequence = ''] = /name="sequence" value="(\d+)"/u.exec(asked) ?? [];
    await mentor.submit(`${meeting}/agree`, { sequence });
    expect(mentor.last?.text).to.include('Rendez-vous fixé').and.include('lundi 30 novembre');

    const planned = (await mentee.get(dialogue)).text;
    const [, current = ''] = /name="sequence" value="(\d+)"/u.exec(planned) ?? [];
    await mentee.submit(`${meeting}/cancel`, { sequence: current });
    expect(mentee.last?.text).to.include('Ce rendez-vous est annulé').and.include('Proposer un moment');
    const late = await mentor.submit(`${meeting}/cancel`, { sequence: current });
    expect(late.status).to.equal(409);
  });

  it('refuse a time that the two do not share, and keep the page', async () => {
    const { mentee, dialogue } = await introducedPair(app, { mentee: 'Mia Night', mentor: 'Marc Night' });
    const night = await mentee.submit(`${dialogue}/meetings`, {
      startsAt: '2026-11-30T02:00:00.000Z',
      modality: 'video',
    });
    expect(night.status).to.equal(409);
    const nothing = await mentee.submit(`${dialogue}/meetings`, { startsAt: '' });
    expect(nothing.status).to.equal(422);
    expect(nothing.text).to.include('Choisissez un des moments proposés').and.include('href="#f-startsAt"');
  });

  it('end without a reason, and tell the other only that it has ended', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Mia Ends', mentor: 'Marc Ends' });
    await mentor.submit(`${dialogue}/end`);
    expect(mentor.last?.text).to.include('Aucun motif n’est enregistré');
    const { text } = await mentee.get(dialogue);
    expect(text).to.include('Ce dialogue est terminé').and.not.include('mailto:').and.not.include('marc.ends');
  });
});
