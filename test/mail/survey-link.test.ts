// Job 19 from the dialogue to the answer, through the real outbox and a real SMTP end: the link is in the mail and nowhere else.
import { expect } from 'chai';
import { dialogueOf } from '../../service/demo/factories.ts';
import { createLoad } from '../../service/mail/load.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { answerSurvey } from '../../service/usecases/answer-survey.ts';
import { issueSurveyLink } from '../../service/usecases/issue-survey-link.ts';
import { sweepDialogues } from '../../service/usecases/sweep-dialogues.ts';
import { aMailer, type TestMailer } from '../support/mail.ts';
import { useProgramme } from '../support/programme.ts';
import { useSmtp } from '../support/smtp.ts';

const replies = { useful: 'yes', received: 'rather_yes', confidential: 'unsaid', outside_hierarchy: 'no' } as const;
const origin = 'https://programme.example';

describe('the link of the closing survey', () => {
  const programme = useProgramme();
  const smtp = useSmtp();
  let mailer: TestMailer | undefined;

  afterEach(() => {
    mailer?.close();
  });

  /** A dialogue that began to close on Tuesday morning, of two members who are still there. */
  async function closing(): Promise<void> {
    const since = new Date('2026-11-17T09:00:00Z');
    const [mentee, mentor] = [await programme.join(), await programme.join({ labId: 'lix', offer: {} })];
    await programme.ports().dialogues.insert(
      dialogueOf({
        ...{ menteeId: mentee.id, mentorId: mentor.id, status: 'closing', closing: 'completed', closingSince: since },
        due: { step: 'survey_1', at: since },
      }),
    );
    mailer?.close();
    const ports = programme.ports();
    const load = createLoad({
      ...ports,
      surveyLink: async (notice) => {
        const token = await issueSurveyLink(ports, notice);
        return token && `${origin}/survey/${token}`;
      },
    });
    const outbox = createOutbox(programme.connection());
    mailer = aMailer(outbox, smtp.url(), { load, clock: ports.clock, wallClock: ports.clock });
  }

  async function turnOn(date: string): Promise<void> {
    programme.moveTo(new Date(`${date}T09:30:00Z`));
    await sweepDialogues(programme.ports());
    await mailer?.deliverDue();
  }

  /** The tokens in the mails so far; the same in text and HTML. */
  function tokens(): string[] {
    return smtp.mails().flatMap(({ text = '', html = '' }) => {
      const [, token] = /\/survey\/([\w-]+)/u.exec(text) ?? [];
      if (token !== undefined) expect(html).to.include(`${origin}/survey/${token}`);
      return token === undefined ? [] : [token];
    });
  }

  it('comes to both at once and again a week later, works once each, and stops when the dialogue is closed', async () => {
    await closing();
    await turnOn('2026-11-17');
    await turnOn('2026-11-17');
    expect(tokens()).to.have.length(2);
    for (const token of tokens()) expect(await answerSurvey(programme.ports(), { token, replies })).to.equal('open');
    await turnOn('2026-11-24');
    expect(new Set(tokens()).size).to.equal(4);
    const states = tokens().map((token) => answerSurvey(programme.ports(), { token, replies }));
    expect(await Promise.all(states)).to.deep.equal(['answered', 'answered', 'open', 'open']);
    await turnOn('2026-12-09');
    expect(tokens()).to.have.length(4);
    expect(programme.failures()).to.deep.equal([]);
  });

  it('is not sent to a dialogue that closed while the mail was waiting', async () => {
    await closing();
    programme.moveTo(new Date('2026-11-17T09:30:00Z'));
    await sweepDialogues(programme.ports());
    await turnOn('2026-12-09');
    expect(tokens()).to.deep.equal([]);
  });

  it('is another one when the server puts the mail off, and is kept neither in the outbox nor in a log', async () => {
    await closing();
    smtp.refuse({ code: 451, at: 'data', times: 2 });
    await turnOn('2026-11-17');
    expect(tokens()).to.deep.equal([]);
    programme.moveBy(10 * 60_000);
    await mailer?.deliverDue();
    expect(tokens()).to.have.length(2);
    const collections = await programme.connection().db!.collections();
    const kept = JSON.stringify([mailer?.logs, ...(await Promise.all(collections.map((one) => one.find().toArray())))]);
    for (const token of tokens()) expect(kept).to.not.include(token);
  });
});
