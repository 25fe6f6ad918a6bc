// Whatever somebody clicks, the other's mailbox stays quiet: by real forms, the real mailer and a real SMTP end.
import { expect } from 'chai';
import { monday, useApp } from '../support/app.ts';
import { introducedPair } from '../support/people.ts';
import { rounds } from '../support/rounds.ts';
import { useSmtp } from '../support/smtp.ts';

const clicks = rounds({ short: 40, long: 200 });

describe(`${clicks} clicks`, function () {
  this.timeout(300_000);
  const smtp = useSmtp();
  // Beyond what the limits of deeds let through: this is about letters.
  const app = useApp(
    {},
    { env: () => ({ SMTP_URL: smtp.url() }), programme: { limits: { letter: 1000, message: 1000 } } },
  );

  let now = monday;
  const pass = async (ms: number): Promise<void> => {
    now = new Date(now.getTime() + ms);
    app.clock.set(now);
    await app.service().mailer.deliverDue();
  };
  const lettersTo = (name: string): number =>
    smtp.mails().filter(({ to }) => to?.[0]?.address === `${name.toLowerCase().replace(' ', '.')}@example.org`).length;

  it('on hold and resume give the partner three letters, and one the next morning', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Mia Clicks', mentor: 'Marc Quiet' });
    const { dialogues } = app.service().ports;
    await dialogues.change(dialogue.split('/').at(-1) ?? '', ['introduced'], {
      status: 'active',
      lastSignAt: monday,
      due: { step: 'pulse', at: new Date(monday.getTime() + 30 * 86_400_000) },
    });
    await pass(60_000);
    const before = lettersTo('Marc Quiet');
    await mentee.get(dialogue);
    const statuses = new Set<number>();
    for (let click = 0; click < clicks; click += 1) {
      const { status } = await mentee.send(`${dialogue}/${click % 2 === 0 ? 'hold' : 'resume'}`);
      statuses.add(status);
      await pass(40_000);
    }
    expect([...statuses]).to.deep.equal([303]);
    expect(lettersTo('Marc Quiet') - before).to.equal(3);
    await pass(24 * 3_600_000);
    for (let turns = 0; turns < 3; turns += 1) await pass(60_000);
    expect(lettersTo('Marc Quiet') - before).to.equal(4);
    const { text = '' } = smtp.mails().at(-1)!;
    // The last click was a resume, and nothing else is true any more.
    expect(text).to.include('Votre dialogue avec Mia Clicks reprend').and.not.include('en veille');
    expect((await mentor.get(dialogue)).status).to.equal(200);
  });
});
