// The referral sheet's check: who may say that a sheet is right, and where pages say that nobody has for long.
import { expect } from 'chai';
import { crossLabCoordinator, labCoordinator, plain, useApp, type Visitor } from '../support/app.ts';
import { keepSheet, useCompleteProgramme } from '../support/referral.ts';

describe('the check of a referral sheet', () => {
  const app = useApp(useCompleteProgramme());
  const sheetOf = (lab: string) => app.service().ports.referralSheets.find(lab);
  const textOf = async (visitor: Visitor, path: string): Promise<string> => plain((await visitor.get(path)).text);
  const coordinator = () => app.enter({ subject: labCoordinator, lab: 'liris' });

  beforeEach('verify none', async () => {
    await app.service().connection.collection('referral_sheets').deleteMany({});
  });

  it('lets a coordinator of the lab say by one click that the sheet is right', async () => {
    const visitor = await coordinator();
    expect(await textOf(visitor, '/referral')).to.include('Elle n’a pas encore été vérifiée ici.');
    const { status, text } = await visitor.submit('/referral/verify');
    expect(status).to.equal(200);
    expect(plain(text))
      .to.include('La fiche est notée comme vérifiée aujourd’hui.')
      .and.include('Vérifiée pour la dernière fois le 23 novembre 2026.');
    expect((await sheetOf('liris'))?.verifiedAt).to.deep.equal(app.clock.now());
  });

  for (const [who, person] of [
    ['a participant', { subject: 'Paul', lab: 'liris' }],
    ['the coordinator of all labs', { subject: crossLabCoordinator, lab: 'etis' }],
  ] as const) {
    it(`shows no button to ${who}, and takes no word from them`, async () => {
      const visitor = await app.enter(person);
      expect(await textOf(visitor, '/referral')).not.to.include('/referral/verify');
      expect((await visitor.send('/referral/verify')).status).to.equal(404);
      expect(await sheetOf(person.lab)).to.equal(undefined);
    });
  }

  it('takes no word without the token of the page', async () => {
    const visitor = await coordinator();
    expect((await visitor.send('/referral/verify', { _csrf: 'forged' })).status).to.equal(403);
    expect(await sheetOf('liris')).to.equal(undefined);
  });

  it('tells people of the lab since when nobody has verified the sheet, and nobody else', async () => {
    await keepSheet(app, { id: 'liris', status: 'overdue', verifiedAt: new Date('2026-05-04T08:00:00Z') });
    const own = await textOf(await app.enter({ subject: 'Lea', lab: 'liris' }), '/referral');
    expect(own).to.include('Cette fiche n’a pas été vérifiée depuis le 4 mai 2026');
    const other = await textOf(await app.enter({ subject: 'Eva', lab: 'etis' }), '/referral');
    expect(other).not.to.include('n’a pas été vérifiée depuis');
  });

  it('says nothing of a sheet whose coordinators were only asked', async () => {
    await keepSheet(app, { id: 'liris', status: 'asked', verifiedAt: new Date('2026-08-04T08:00:00Z') });
    expect(await textOf(await app.enter({ subject: 'Lou', lab: 'liris' }), '/referral')).not.to.include('depuis le');
  });

  it('tells the lab’s coordinator on the cases and the report, with the way to the sheet', async () => {
    await keepSheet(app, { id: 'liris', status: 'overdue', verifiedAt: new Date('2026-05-01T08:00:00Z') });
    const visitor = await coordinator();
    for (const path of ['/cases', '/report']) {
      expect(await textOf(visitor, path), path)
        .to.include('n’a pas été vérifiée depuis le 1er mai 2026')
        .and.include('<a href="/referral">Relire la fiche</a>');
    }
    await visitor.submit('/referral/verify');
    expect(await textOf(visitor, '/cases')).not.to.include('n’a pas été vérifiée depuis');
  });

  it('tells the coordinator of all labs which labs it is about', async () => {
    for (const lab of ['liris', 'lix']) await keepSheet(app, { id: lab, status: 'overdue' });
    const visitor = await app.enter({ subject: crossLabCoordinator, lab: 'etis' });
    expect(await textOf(visitor, '/cases')).to.include('n’ont pas été vérifiées depuis longtemps\u00a0: LIRIS et LIX.');
  });

  it('keeps no trace of who opened or verified a sheet', async () => {
    const before = app.log.length;
    const visitor = await coordinator();
    await visitor.get('/referral');
    await visitor.submit('/referral/verify');
    expect(JSON.stringify(await sheetOf('liris'))).not.to.include(labCoordinator);
    const routes = app.log.slice(before).map(({ route }) => route);
    expect(routes).not.to.include('/referral');
  });
});
