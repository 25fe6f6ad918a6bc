// Two registrations with an address in common, over the pages and by a real letter: one human with accounts in two labs.
import { expect } from 'chai';
import { runAllOnce } from '../../service/jobs/schedule.ts';
import { plain, useApp, type Visitor } from '../support/app.ts';
import { confirmed, participant, profileAnswers, requestAnswers } from '../support/people.ts';
import { useSmtp } from '../support/smtp.ts';

describe('The letter about two registrations', () => {
  const smtp = useSmtp();
  const app = useApp({}, { env: () => ({ SMTP_URL: smtp.url() }) });
  const textOf = ({ last }: Visitor): string => plain(last?.text ?? '');
  const write = async () => {
    const jobs = app.service().jobs.filter(({ name }) => /twins|outbox|mail/u.test(name));
    await runAllOnce(jobs);
    app.clock.set(new Date(app.clock.now().getTime() + 60_000));
    await runAllOnce(jobs);
  };
  const lettersTo = (address: string) =>
    smtp
      .mails()
      .filter(
        ({ subject, to }) =>
          /deux inscriptions|two registrations/u.test(subject ?? '') && to?.some((one) => one.address === address),
      );

  /** One human by two doors: the second account gives the first one's address as well. */
  async function twice(name: string) {
    const [etis, liris] = [{ subject: name }, { subject: `${name} Again`, lab: 'liris', locale: 'en' }];
    const first = await participant(app, etis);
    const second = await participant(app, liris);
    const address = String(profileAnswers(name)['email']);
    await second.submit('/profile', { ...profileAnswers(`${name} Again`), email: address });
    await confirmed(app, liris);
    await write();
    const [letter] = lettersTo(address);
    const [url = ''] = /http\S+\/two-registrations\/[\w-]{43}/u.exec(letter?.text ?? '') ?? [];
    return {
      etis,
      liris,
      first,
      second,
      address,
      letter,
      path: new URL(url).pathname,
      link: url.split('/').at(-1) ?? '',
    };
  }

  it('leads from one letter by both accounts to one record, in both languages', async () => {
    const { etis, liris, first, second, address, letter, path, link } = await twice('Ada Twice');
    expect(lettersTo(address)).to.have.length(1);
    // The account that gave the address last reads it in its own language, or the first one does.
    expect(letter?.text).to.match(/22 janvier|22 January/u);
    expect(smtp.mails().filter(({ subject }) => /inscriptions|registrations/u.test(subject ?? ''))).to.have.length(1);
    await second.get(path);
    expect(textOf(second)).to.include('Two registrations, one address').and.include('As long as nothing is decided');
    await second.submit('/two-registrations', { link, answer: 'end' });
    expect(textOf(second)).to.include('this registration may end').and.not.include('Other people');
    await second.get(path);
    expect(textOf(second)).to.include('Nothing has ended yet').and.not.include('Go on with this one</button>');
    await first.get(path);
    expect(textOf(first))
      .to.include('L’autre inscription peut prendre fin')
      .and.include('Continuer avec celle-ci</button>');
    await first.submit('/two-registrations', { link, answer: 'go_on' });
    expect(textOf(first)).to.include('Votre autre compte mène aussi ici');
    expect((await app.memberOf(liris)).id).to.equal((await app.memberOf(etis)).id);
    // The session of the other door, and a launch by it.
    await second.get('/my-data');
    expect(textOf(second)).to.include('Ada Twice').and.include('ETIS').and.not.include('Ada Twice Again');
    const again = await app.enter(liris);
    await again.get('/request');
    await again.submit('/request', requestAnswers);
    await first.get('/my-data');
    expect(textOf(first)).to.include('Votre demande');
    await first.get(path);
    expect(textOf(first)).to.include('Vous continuez avec cette inscription');
    // Whoever leaves is out by every door.
    await first.get('/my-data');
    await first.submit('/my-data/leave');
    for (const visitor of [second, again]) expect((await visitor.get('/')).status).to.equal(401);
  });

  it('says before that the other account will open everything here, writes so, and can be parted again', async () => {
    const { etis, liris, first, second, address, path, link } = await twice('Pia Parted');
    await second.get(path);
    await second.submit('/two-registrations', { link, answer: 'end' });
    await first.get(path);
    expect(textOf(first)).to.include('voit et fait tout ici');
    await first.submit('/two-registrations', { link, answer: 'go_on' });
    await write();
    const joined = smtp.mails().filter(({ subject }) => subject?.includes('un autre compte'));
    expect(joined.flatMap(({ to }) => to?.map((one) => one.address))).to.deep.equal([address]);
    await second.get('/my-data');
    expect(textOf(second)).to.include('Vous entrez par un autre compte');
    expect(textOf(second)).not.to.include('Fermer les autres comptes');
    expect((await second.send('/my-data/doors/close')).status).to.equal(403);
    await first.get('/my-data');
    expect(textOf(first)).to.include('Un autre compte mène').and.include('liris');
    await first.submit('/my-data/doors/close');
    expect(textOf(first)).to.include('Les autres comptes sont fermés').and.not.include('Un autre compte mène');
    expect((await second.get('/')).status).to.equal(401);
    expect((await app.memberOf(liris)).id).to.not.equal((await app.memberOf(etis)).id);
    // What has ended can be begun again by whoever it was.
    const again = await app.enter(liris);
    expect(textOf(again)).to.include('Sign');
  });

  it('ends the sessions of every account with one press', async () => {
    const { first, second, path, link } = await twice('Sid Sessions');
    await second.get(path);
    await second.submit('/two-registrations', { link, answer: 'end' });
    await first.get(path);
    await first.submit('/two-registrations', { link, answer: 'go_on' });
    await first.get('/my-data');
    await first.submit('/my-data/sessions/end-all', { which: 'others' });
    expect((await second.get('/')).status).to.equal(401);
    expect((await first.get('/')).status).to.equal(200);
  });

  it('keeps both where they say so', async () => {
    const { etis, liris, first, path, link } = await twice('Bo Both');
    await first.get(path);
    await first.submit('/two-registrations', { link, answer: 'apart' });
    expect(textOf(first)).to.include('Les deux inscriptions restent séparées');
    await first.get(path);
    expect(textOf(first))
      .to.include('restent séparées')
      .and.not.include('<button class="btn btn-primary" name="answer"');
    expect((await app.memberOf(liris)).id).to.not.equal((await app.memberOf(etis)).id);
  });

  it('is of no use without a launch but to be pasted, and to nobody else', async () => {
    const { first, path, link } = await twice('Cleo Paste');
    const stranger = app.stranger();
    expect((await stranger.get(path)).status).to.equal(200);
    expect(textOf(stranger)).to.include(link).and.include('Il reste une étape');
    expect((await stranger.get('/two-registrations/short')).status).to.equal(404);
    await first.get('/my-data');
    expect(textOf(first)).to.include('href="/two-registrations"');
    await first.get('/two-registrations');
    await first.submit('/two-registrations', { link: 'http' });
    expect(first.last?.status).to.equal(422);
    expect(textOf(first)).to.include('Collez le lien entier');
    for (const pasted of [link, `${app.baseUrl()}${path}`]) {
      await first.get('/two-registrations');
      await first.submit('/two-registrations', { link: pasted });
      expect(textOf(first)).to.include('Cette inscription peut prendre fin</button>');
    }
    const eve = await participant(app, { subject: 'Eve Else' });
    expect((await eve.get(path)).status).to.equal(404);
    expect(textOf(eve)).to.include('ne mène pas plus loin').and.not.include('name="answer"');
    expect((await eve.get('/two-registrations/AAAA')).status).to.equal(404);
    await eve.get('/two-registrations');
    await eve.submit('/two-registrations', { link, answer: 'end' });
    expect(eve.last?.status).to.equal(404);
    expect(app.log.some((line) => JSON.stringify(line).includes(link))).to.equal(false);
  });

  it('says the same as nothing on every page of who gave an address that is known elsewhere', async () => {
    const { second } = await twice('Dora Known');
    const alone = await participant(app, { subject: 'Dan Alone', lab: 'liris', locale: 'en' });
    for (const path of ['/', '/address', '/my-data', '/two-registrations', '/choices']) {
      const [one, other] = [await second.get(path), await alone.get(path)];
      const page = (text: string): string =>
        plain(text)
          .replaceAll(/Dora Known Again|dora\.known/gu, 'Dan Alone')
          .replaceAll(/dan\.alone/gu, 'Dan Alone')
          .replaceAll(/value="[^"]*"/gu, '');
      expect(page(one.text), path).to.equal(page(other.text));
    }
  });
});
