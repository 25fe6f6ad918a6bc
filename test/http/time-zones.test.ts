// A lab overseas, from the programme's file to the pages: cards and times on the clock of whoever reads them.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { useApp, type Visitor } from '../support/app.ts';
import { useFolder } from '../support/folder.ts';
import { offerAnswers, participant, requestAnswers } from '../support/people.ts';

describe('a lab on Réunion', () => {
  const folder = useFolder();
  const app = useApp({}, { env: () => ({ PROGRAMME_FILE: programmeFile() }) });

  function programmeFile(): string {
    const programme = JSON.parse(readFileSync('config/programme.json', 'utf8')) as { labs: { id: string }[] };
    const labs = programme.labs.map((lab) => (lab.id === 'liris' ? { ...lab, zone: 'Indian/Reunion' } : lab));
    const file = path.join(folder(), 'programme.json');
    writeFileSync(file, JSON.stringify({ ...programme, labs }));
    return file;
  }

  const proposalOf = async (visitor: Visitor): Promise<string | undefined> =>
    /\/proposals\/[\w-]+/u.exec((await visitor.get('/')).text)?.[0];
  const free = async (visitor: Visitor, from: string, to: string): Promise<void> => {
    await visitor.get('/availability');
    await visitor.submit('/availability', { days0: '1', from0: from, to0: to });
  };

  it('is not proposed for the same hour on its own wall, but for the same instant; both read it on their own', async () => {
    const mentor = await participant(app, { subject: 'Rosa Reunion', lab: 'liris' });
    await mentor.submit('/mentor', offerAnswers);
    const mentee = await participant(app, { subject: 'Pia Paris' });
    await mentee.submit('/request', requestAnswers);
    for (const visitor of [mentor, mentee]) await free(visitor, '09:00', '12:00');
    await runMatching(app.service().ports, { seed: 1, key: 'same wall' });
    expect([await proposalOf(mentee), await proposalOf(mentor)]).to.deep.equal([undefined, undefined]);

    await free(mentor, '13:00', '15:00');
    await runMatching(app.service().ports, { seed: 1, key: 'same instant' });
    const proposal = (await proposalOf(mentee)) ?? '';
    const [hers, theirs] = [(await mentee.get(proposal)).text, (await mentor.get(proposal)).text];
    expect(hers).to.include('Lundi matin').and.not.include('Lundi après-midi');
    expect(theirs).to.include('Lundi après-midi').and.not.include('Lundi matin');
    // Two hours on three of the five Mondays: both labs are closed on the others.
    expect(hers).to.include('environ une heure libre en commun par semaine');

    for (const visitor of [mentee, mentor]) {
      await visitor.get('/');
      await visitor.submit(`${proposal}/answer`, { answer: 'yes' });
    }
    const dialogue = proposal.replace('proposals', 'dialogues');
    const timesOf = async (visitor: Visitor): Promise<[string, string][]> =>
      [...(await visitor.get(dialogue)).text.matchAll(/name="startsAt" value="([^"]+)">([^<]+)/gu)].map(
        ([, instant = '', told = '']) => [instant, told],
      );
    const [ours, others] = [await timesOf(mentee), await timesOf(mentor)];
    expect(ours.map(([instant]) => instant)).to.deep.equal(others.map(([instant]) => instant));
    expect([ours, others].map(([nearest]) => nearest?.[1].slice(-5))).to.deep.equal(['10:00', '13:00']);
  });
});
