// The address of one's own, over the pages and by a real letter: confirmed, asked for again, taken back.
import { expect } from 'chai';
import { runAllOnce } from '../../service/jobs/schedule.ts';
import { plain, useApp, type Visitor } from '../support/app.ts';
import { charterAnswers, codeFor, mornings, participant, profileAnswers, requestAnswers } from '../support/people.ts';
import { useSmtp } from '../support/smtp.ts';

describe('The page of one’s address', () => {
  const smtp = useSmtp();
  const app = useApp({}, { env: () => ({ SMTP_URL: smtp.url() }) });
  const textOf = ({ last }: Visitor): string => plain(last?.text ?? '');
  const write = async () => {
    await runAllOnce(app.service().jobs.filter(({ name }) => /outbox|mail/u.test(name)));
  };
  const letterTo = (address: string) => smtp.mails().find(({ to }) => to?.some((one) => one.address === address));

  it('leads from the first form to a letter that names nobody, and from its code to a confirmed address', async () => {
    const visitor = await app.enter({ subject: 'Nora New', locale: 'en' });
    await visitor.submit('/charter', { ...charterAnswers('Nora New'), email: 'nora@mail.example' });
    expect(textOf(visitor)).to.include('nothing is proposed to you before');
    await write();
    const letter = letterTo('nora@mail.example');
    const [code = ''] = /[A-Z]{4}-[A-Z]{4}/u.exec(letter?.text ?? '') ?? [];
    expect(letter?.text).to.include('somebody gave this address').and.not.include('Nora');
    expect(letter?.subject).not.to.include(code);
    await visitor.submit('/profile', { ...profileAnswers('Nora New'), email: 'nora@mail.example' });
    await visitor.submit('/availability', mornings);
    await visitor.get('/');
    expect(textOf(visitor)).to.include('Confirm your e-mail address').and.not.include('Nothing to do');
    await visitor.get('/address');
    expect(textOf(visitor)).to.include('nora@mail.example').and.include('You do not have a confirmed address yet');
    await visitor.submit('/address', { code });
    expect(textOf(visitor)).to.include('Your address is confirmed.').and.not.include('Confirm your e-mail address');
    // Sent again, from a page that stayed open.
    expect((await visitor.send('/address', { code })).status).to.equal(303);
    expect(smtp.mails()).to.have.length(1);
    await visitor.get('/my-data/export.json');
    expect(visitor.last?.body).to.have.nested.include({
      'member.email': 'nora@mail.example',
      'member.confirmedBy': 'code',
    });
  });

  it('tells what to put right of a code that is none, another one, or over, and takes the new one', async () => {
    const person = { subject: 'Wim Wrong' };
    const visitor = await app.enter(person);
    await visitor.submit('/charter', charterAnswers('Wim Wrong'));
    await visitor.get('/address');
    const right = await codeFor(app, person);
    for (const [code, sentence] of [
      ['', 'Tapez les huit lettres'],
      ['ABC', 'Tapez les huit lettres'],
      ['B'.repeat(200), 'Tapez les huit lettres'],
      ['BBBB-BBBB', 'Ce n’est pas le code'],
    ] as const) {
      const { status } = await visitor.submit('/address', { code });
      expect({ status, code }).to.deep.equal({ status: 422, code });
      expect(textOf(visitor)).to.include(sentence).and.not.include(right);
    }
    for (let tries = 0; tries < 4; tries += 1) await visitor.submit('/address', { code: 'CCCC-CCCC' });
    await visitor.submit('/address', { code: right });
    expect(textOf(visitor)).to.include('Ce code n’est plus valable').and.include('Envoyer un nouveau code');
    await visitor.submit('/address/code');
    expect(textOf(visitor)).to.include('Un code est en route');
    await visitor.submit('/address', { code: right });
    expect(visitor.last?.status).to.equal(422);
    expect((await visitor.send('/address', { code: await codeFor(app, person) })).headers['location']).to.include(
      'address_confirmed',
    );
  });

  it('keeps the confirmed address while another one waits, on every page that shows one', async () => {
    const visitor = await participant(app, { subject: 'Kay Keep' });
    await visitor.submit('/profile', { ...profileAnswers('Kay Keep'), email: 'kay@elsewhere.example' });
    await visitor.get('/address');
    expect(textOf(visitor)).to.match(/Adresse confirmée\s: kay\.keep@example\.org/u);
    expect(textOf(visitor)).to.include('Garder kay.keep@example.org').and.include('kay@elsewhere.example');
    await visitor.get('/my-data');
    expect(textOf(visitor)).to.include('kay.keep@example.org').and.include('Adresse à confirmer');
    await visitor.get('/profile');
    expect(textOf(visitor)).to.include('value="kay@elsewhere.example"');
    await visitor.get('/address');
    await visitor.submit('/address/drop');
    expect(textOf(visitor)).to.include('est oubliée').and.not.include('kay@elsewhere.example');
  });

  it('says on every page that nothing is proposed before, and writes nothing but codes to an address that waits', async () => {
    const visitor = await app.enter({ subject: 'Una Unconfirmed' });
    await visitor.submit('/charter', { ...charterAnswers('Una Unconfirmed'), email: 'una@mail.example' });
    await visitor.submit('/profile', { ...profileAnswers('Una Unconfirmed'), email: 'una@mail.example' });
    await visitor.submit('/availability', mornings);
    await visitor.submit('/request', requestAnswers);
    for (const path of ['/request', '/mentor', '/profile', '/my-data', '/referral', '/charter', '/choices']) {
      await visitor.get(path);
      expect(textOf(visitor), path)
        .to.include('Votre adresse n’est pas encore confirmée')
        .and.include('href="/address"');
    }
    app.clock.set(new Date('2027-01-20T09:00:00Z'));
    await runAllOnce(app.service().jobs);
    const written = smtp.mails().filter(({ to }) => to?.some(({ address }) => address === 'una@mail.example'));
    expect(written.map(({ subject }) => subject)).to.deep.equal([]);
  });

  it('is no conflict with a profile in another tab, and a button of a page that stayed open tells no untruth', async () => {
    const person = { subject: 'Tea Tabs' };
    const visitor = await app.enter(person);
    await visitor.submit('/charter', charterAnswers('Tea Tabs'));
    await visitor.get('/profile');
    const seen = /name="seen" value="(\d+)"/u.exec(visitor.last?.text ?? '')?.[1] ?? '';
    await visitor.send('/address', { code: await codeFor(app, person) });
    expect((await visitor.send('/profile', { ...profileAnswers('Tea Tabs'), seen })).status).to.equal(303);
    for (const path of ['/address/code', '/address/drop']) {
      expect((await visitor.send(path)).headers['location'], path).to.equal('/address');
    }
  });

  it('says that a letter to the address that waits came back, and nothing of it on the first page', async () => {
    const person = { subject: 'Ria Returned' };
    const visitor = await participant(app, person);
    await visitor.submit('/profile', { ...profileAnswers('Ria Returned'), email: 'nobody@mail.example' });
    smtp.refuse({ at: 'rcpt', code: 550, times: 1, of: (address: string) => address === 'nobody@mail.example' });
    await write();
    await visitor.get('/address');
    expect(textOf(visitor)).to.include('nobody@mail.example nous est revenu');
    await visitor.get('/');
    expect(textOf(visitor)).not.to.include('ne vous parviennent plus');
  });

  it('in another script, or with a sign, gets its letter, and is one address however it is written', async () => {
    const person = { subject: 'Ike Idn' };
    const visitor = await app.enter(person);
    await visitor.submit('/charter', { ...charterAnswers('Ike Idn'), email: 'o&k@école.example' });
    await write();
    const letter = smtp.mails().at(-1);
    expect(letter?.to?.[0]?.address).to.match(/^o&k@(?:xn--cole-9oa|école)\.example$/u);
    const [code = ''] = /[A-Z]{4}-[A-Z]{4}/u.exec(letter?.text ?? '') ?? [];
    await visitor.get('/address');
    await visitor.submit('/address', { code });
    await visitor.get('/profile');
    await visitor.submit('/profile', { ...profileAnswers('Ike Idn'), email: 'O&K@xn--cole-9oa.example' });
    await visitor.get('/address');
    expect(textOf(visitor)).to.include('Adresse confirmée').and.not.include('Le code reçu');
  });

  it('stops a sixth code of the day, at the field, with everything typed kept', async () => {
    const visitor = await participant(app, { subject: 'Mo Many' });
    const send = (round: number) =>
      visitor.submit('/profile', { ...profileAnswers('Mo Many'), email: `mo-${round}@mail.example`, team: 'Alpha' });
    // One was sent on the way in.
    for (let round = 1; round < 5; round += 1) expect((await send(round)).status).to.equal(200);
    expect((await send(5)).status).to.equal(422);
    expect(textOf(visitor)).to.include('déjà envoyé cinq codes').and.include('value="mo-5@mail.example"');
    expect(textOf(visitor)).to.include('value="Alpha"');
    await visitor.get('/address');
    expect((await visitor.submit('/address/code')).status).to.equal(429);
    expect(textOf(visitor)).to.include('Cinq codes sont déjà partis');
  });
});
