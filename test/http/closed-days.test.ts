// A public holiday of one lab and a dated closure of the other, from the programme's file to the pages and the outbox.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { useApp } from '../support/app.ts';
import { useFolder } from '../support/folder.ts';
import { mornings, introducedPair, proposedPair } from '../support/people.ts';

describe('the weeks around Easter of two labs', () => {
  const folder = useFolder();
  const app = useApp({}, { env: () => ({ PROGRAMME_FILE: programmeFile() }) });

  /** LIRIS moves to Strasbourg; ETIS closes for the Tuesday after Easter. */
  function programmeFile(): string {
    const programme = JSON.parse(readFileSync('config/programme.json', 'utf8')) as { labs: { id: string }[] };
    const changes: Readonly<Record<string, object>> = {
      liris: { holidays: 'alsace-moselle' },
      etis: { closures: [{ from: '2027-03-30', to: '2027-03-30' }] },
    };
    const labs = programme.labs.map((lab) => ({ ...lab, ...changes[lab.id] }));
    const file = path.join(folder(), 'programme.json');
    writeFileSync(file, JSON.stringify({ ...programme, labs }));
    return file;
  }

  it('offer no time on Good Friday, Easter Monday and in the closure, and take none that is sent by hand', async () => {
    app.clock.set(new Date('2027-03-22T09:00:00Z'));
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Eva Easter', mentor: 'Emil Easter' });
    for (const visitor of [mentee, mentor]) {
      await visitor.get('/availability');
      await visitor.submit('/availability', { ...mornings, days0: ['1', '2', '5'] });
    }
    const { text } = await mentee.get(dialogue);
    const starts = [...text.matchAll(/name="startsAt" value="([^"]+)"/gu)].map(([, instant = '']) => instant);
    const dates = [...new Set(starts.map((instant) => instant.slice(0, 10)))];
    expect(dates.filter((date) => date < '2027-04-10')).to.deep.equal([
      ...['2027-03-23', '2027-04-02', '2027-04-05', '2027-04-06', '2027-04-09'],
    ]);
    for (const day of ['2027-03-26', '2027-03-29', '2027-03-30']) {
      const byHand = { startsAt: `${day}T08:00:00.000Z`, modality: 'video' };
      expect((await mentee.send(`${dialogue}/meetings`, byHand)).status).to.equal(409);
    }
    const open = { startsAt: '2027-04-02T08:00:00.000Z', modality: 'video' };
    expect((await mentee.send(`${dialogue}/meetings`, open)).status).to.equal(303);
  });

  it('let the letters of a matching run on the eve of Ascension Day wait until the Tuesday after', async () => {
    app.clock.set(new Date('2027-05-05T15:30:00Z'));
    await proposedPair(app, { mentee: 'Aline Ascension', mentor: 'Albin Ascension' });
    const { id } = await app.memberOf({ subject: 'Aline Ascension' });
    const letter = await app.service().connection.collection('outbox').findOne({ memberId: id, kind: 'proposal_sent' });
    expect(letter?.['notBefore']).to.deep.equal(new Date('2027-05-11T06:30:00Z'));
  });
});
