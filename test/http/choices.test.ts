// The pages by which members change their mind, as they click through them.
import { expect } from 'chai';
import { sweepDialogues } from '../../service/usecases/sweep-dialogues.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { sweepRequests } from '../../service/usecases/sweep-requests.ts';
import { monday, useApp, type Visitor } from '../support/app.ts';
import { introducedPair, offerAnswers, participant, requestAnswers } from '../support/people.ts';

const dayMs = 86_400_000;

describe('the pages of a member’s choices', () => {
  const app = useApp();
  const after = async (days: number): Promise<void> => {
    const { ports } = app.service();
    app.clock.set(new Date(monday.getTime() + days * dayMs));
    await sweepMembers(ports);
    await sweepRequests(ports);
    await sweepDialogues(ports);
  };
  const told = async (visitor: Visitor, path = '/'): Promise<string> => (await visitor.get(path)).text;

  it('pause everything and resume it, with the resume one click away on the home page', async () => {
    const visitor = await participant(app, { subject: 'Paula Pause' });
    await visitor.get('/choices');
    expect((await visitor.submit('/choices/pause', {})).text).to.include('Votre participation est en pause.');
    expect(await told(visitor)).to.include('Votre participation est en pause');
    const refused = await visitor.submit('/request', requestAnswers);
    expect(refused.status).to.equal(409);
    expect(refused.text).to.include('Votre participation est en pause');
    await visitor.get('/');
    await visitor.submit('/choices/resume', {});
    expect(await told(visitor)).not.to.include('Votre participation est en pause');
  });

  it('switch reminders off and on again', async () => {
    const visitor = await participant(app, { subject: 'Nora Nudge' });
    await visitor.get('/choices');
    await visitor.submit('/choices/nudges', {});
    expect(await told(visitor, '/choices')).to.include('Vous ne recevez pas de rappels');
    await visitor.submit('/choices/nudges', { on: 'yes' });
    expect(await told(visitor, '/choices')).not.to.include('Vous ne recevez pas de rappels');
  });

  it('change the wishes of an open request, filled in as they were, and keep its place', async () => {
    const visitor = await participant(app, { subject: 'Wim Wishes' });
    await visitor.submit('/request', requestAnswers);
    const before = await visitor.get('/request');
    expect(before.text).to.include('href="/request/change"');
    const form = await visitor.get('/request/change');
    expect(form.text).to.match(/<option value="career_project" selected/);
    await visitor.submit('/request/change', { ...requestAnswers, wish1: 'work_environment', wish2: '' });
    const page = await told(visitor, '/request');
    expect(page).to.include('Environnement de travail').and.not.to.include('Confiance en soi');
    const wrong = await visitor.submit('/request/change', { format: 'one_off', labPreference: 'any' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('Changer vos souhaits');
  });

  it('have no wishes to change for somebody without an open request', async () => {
    const visitor = await participant(app, { subject: 'Nil Nothing' });
    expect((await visitor.get('/request/change')).status).to.equal(409);
  });

  it('make a request that expired again in one click', async () => {
    const visitor = await participant(app, { subject: 'Remi Reopen' });
    await visitor.submit('/request', requestAnswers);
    await after(110);
    expect(await told(visitor)).to.include('Refaire la même demande');
    await visitor.submit('/request/reopen', {});
    expect(await told(visitor))
      .to.include('Nous cherchons une personne pour vous')
      .and.not.to.include('Refaire la même');
  });

  it('ask a mentor after half a year whether the offer is still so, and take a click for an answer', async () => {
    const visitor = await participant(app, { subject: 'Cleo Confirm', lab: 'liris' });
    await visitor.submit('/mentor', offerAnswers);
    expect(await told(visitor, '/mentor')).not.to.include('Toujours d’actualité');
    // 180 open days: the thirteen of New Year's closure and five public holidays of spring do not count.
    await after(199);
    expect(await told(visitor)).to.include('Confirmer mon offre');
    expect(await told(visitor, '/mentor')).to.include('Toujours d’actualité');
    await visitor.submit('/mentor/confirm', {});
    expect(await told(visitor)).not.to.include('Confirmer mon offre');
    await visitor.submit('/mentor/withdraw', {});
  });

  it('ask the two of a pair in touch, on hold, and again, each told no more than they have to know', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Mia Hold', mentor: 'Marc Hold' });
    await mentee.get(dialogue);
    await mentee.submit(`${dialogue}/in-touch`, {});
    await after(46);
    expect(await told(mentor)).to.include('Êtes-vous toujours en contact');
    await mentor.get(dialogue);
    await mentor.submit(`${dialogue}/in-touch`, {});
    expect(await told(mentee)).not.to.include('Êtes-vous toujours en contact');
    await mentee.get(dialogue);
    await mentee.submit(`${dialogue}/hold`, {});
    expect(await told(mentor, dialogue))
      .to.include('Ce dialogue est en veille')
      .and.to.include('Reprendre le dialogue');
    await mentor.submit(`${dialogue}/resume`, {});
    expect(await told(mentee, dialogue)).not.to.include('Ce dialogue est en veille');
  });

  it('renew a dialogue by two yeses; one of them shows nowhere on the other side', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Mia Renew', mentor: 'Marc Renew' });
    const id = dialogue.split('/')[2] ?? '';
    const { dialogues } = app.service().ports;
    await dialogues.change(id, ['introduced'], {
      ...{ status: 'active', format: 'six_months', plannedEndOn: '2026-12-15' },
      ...{ activeSince: monday, lastSignAt: monday, due: { step: 'begin', at: monday } },
    });
    const before = await told(mentor, dialogue);
    expect(before).to.include('Souhaitez-vous continuer');
    await mentee.get(dialogue);
    const one = await mentee.submit(`${dialogue}/renew`, { plannedEndOn: '2026-12-15' });
    expect(one.text).to.include('Si l’autre personne le souhaite aussi');
    expect(await told(mentee, dialogue)).not.to.include('Souhaitez-vous continuer');
    const withoutTokens = (page: string): string => page.replace(/name="_csrf" value="[^"]*"/g, '');
    expect(withoutTokens(await told(mentor, dialogue))).to.equal(withoutTokens(before));
    const other = await mentor.submit(`${dialogue}/renew`, { plannedEndOn: '2026-12-15' });
    expect(other.text).to.include('le dialogue continue');
    expect((await dialogues.find(id))?.plannedEndOn).to.equal('2027-06-16');
  });

  it('ask each of the two how it fits after the first meeting; the answer shows nowhere, "stop" ends it', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Mia Fit', mentor: 'Marc Fit' });
    const id = dialogue.split('/')[2] ?? '';
    await app.service().ports.dialogues.change(id, ['introduced'], {
      ...{ status: 'active', activeSince: monday, lastSignAt: monday, firstHeldAt: monday },
      due: { step: 'begin', at: monday },
    });
    await after(3);
    await mentee.get(dialogue);
    const unsure = await mentee.submit(`${dialogue}/fit`, { answer: 'unsure' });
    expect(unsure.text).to.include('rien n’est conservé');
    expect(await told(mentee, dialogue)).not.to.include('que souhaitez-vous');
    expect(await told(mentor, dialogue)).to.include('que souhaitez-vous');
    const stop = await mentor.submit(`${dialogue}/fit`, { answer: 'stop' });
    expect(stop.text).to.include('Le dialogue est terminé');
    expect(await told(mentee, dialogue)).to.include('Ce dialogue est terminé');
  });

  it('show somebody whose mails come back, until they have looked at their address', async () => {
    const visitor = await participant(app, { subject: 'Bo Bounce' });
    const { queue, ports } = app.service();
    const all = await app.service().connection.collection('members').find({}).toArray();
    for (const { _id } of all) {
      await queue.noteRefusal(String(_id), ports.hasher.email('bo.bounce@example.org'), app.clock.now());
    }
    expect(await told(visitor)).to.include('Nos courriels ne vous parviennent plus');
    const profile = { name: 'Bo Bounce', email: 'bo@example.org', careerStage: 'doctoral', language: 'fr' };
    await visitor.get('/profile');
    await visitor.submit('/profile', { ...profile, modalities: ['video'], team: '', supervisors: '', avoid: '' });
    expect(await told(visitor)).not.to.include('Nos courriels ne vous parviennent plus');
  });

  it('are nobody else’s: another pair’s dialogue does not exist', async () => {
    const { dialogue } = await introducedPair(app, { mentee: 'Mia Own', mentor: 'Marc Own' });
    const stranger = await participant(app, { subject: 'Stan Stranger' });
    await stranger.get('/choices');
    for (const act of ['in-touch', 'hold', 'resume', 'fit', 'renew']) {
      const answer = await stranger.submit(`${dialogue}/${act}`, { answer: 'stop', plannedEndOn: '2026-12-15' });
      expect(answer.status, act).to.equal(404);
    }
  });
});
