// Job 19: who gets a link, until when it is good, what stays of an answer, and that nothing leads back.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { inventedNow as now, dialogueOf } from '../../service/demo/factories.ts';
import type { Dialogue } from '../../service/domain/dialogue.ts';
import { answerSurvey, lookAtSurvey } from '../../service/usecases/answer-survey.ts';
import { issueSurveyLink } from '../../service/usecases/issue-survey-link.ts';
import { purgeSurveys } from '../../service/usecases/purge-surveys.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

const replies = { useful: 'yes', received: 'rather_yes', confidential: 'unsaid', outside_hierarchy: 'no' } as const;

describe('The closing survey', () => {
  const programme = useProgramme();

  async function closing(facts: Partial<Dialogue> = {}): Promise<Dialogue> {
    const closingSince = now;
    const due = { step: 'survey_1', at: now };
    const dialogue = dialogueOf({ status: 'closing', closing: 'completed', closingSince, due, ...facts });
    await programme.ports().dialogues.insert(dialogue);
    return dialogue;
  }
  const linkFor = ({ id }: Dialogue, memberId: string) =>
    issueSurveyLink(programme.ports(), { memberId, subjectId: id });
  const answers = () =>
    programme.connection().db!.collection<{ _id: string } & Record<string, unknown>>('survey_answers').find().toArray();

  it('gives both sides of a closing dialogue a link of their own', async () => {
    const dialogue = await closing();
    const tokens = [await linkFor(dialogue, dialogue.menteeId), await linkFor(dialogue, dialogue.mentorId)];
    const opened = tokens.map((token) => programme.ports().surveys.open(token ?? ''));
    expect(opened.map((one) => one?.side)).to.deep.equal(['mentee', 'mentor']);
    expect(opened.map((one) => one?.until)).to.deep.equal(['2026-12-07', '2026-12-07']);
  });

  it('gives no link for a dialogue that goes on, is closed or is gone, and none to anybody else', async () => {
    const going = await closing({ status: 'active', due: { step: 'pulse', at: now } });
    const { due: _due, ...closed } = dialogueOf({ status: 'closed', closing: 'completed', closedAt: now });
    await programme.ports().dialogues.insert(closed);
    for (const one of [going, closed, dialogueOf()]) expect(await linkFor(one, one.menteeId)).to.equal(undefined);
    const refused = await linkFor(await closing(), 'somebody else').catch((error: unknown) => error);
    expect(refused).to.include({ code: 'not_found' });
  });

  it('makes another link for a mail that is written again, since it kept none', async () => {
    const dialogue = await closing();
    const tokens = [await linkFor(dialogue, dialogue.menteeId), await linkFor(dialogue, dialogue.menteeId)];
    expect(new Set(tokens).size).to.equal(2);
  });

  it('counts its 21 days as open days: a closure at the end of the year lengthens them', async () => {
    const dialogue = await closing({ closingSince: new Date('2026-12-10T09:00:00Z') });
    programme.moveTo(new Date('2026-12-10T09:00:00Z'));
    const token = (await linkFor(dialogue, dialogue.menteeId)) ?? '';
    expect(programme.ports().surveys.open(token)?.until).to.equal('2027-01-13');
  });

  it('is open through its last day and off on the next, for looking and for answering', async () => {
    const dialogue = await closing();
    const token = (await linkFor(dialogue, dialogue.menteeId)) ?? '';
    programme.moveTo(new Date('2026-12-07T22:59:00Z'));
    expect(await lookAtSurvey(programme.ports(), token)).to.equal('open');
    programme.moveTo(new Date('2026-12-07T23:01:00Z'));
    expect(await lookAtSurvey(programme.ports(), token)).to.equal('over');
    expect(await answerSurvey(programme.ports(), { token, replies })).to.equal('over');
    expect(await linkFor(dialogue, dialogue.menteeId)).to.equal(undefined);
    expect(await answers()).to.deep.equal([]);
  });

  it('keeps one answer a link, also when it is sent eight times at once, and says so to the others', async () => {
    const dialogue = await closing();
    const token = (await linkFor(dialogue, dialogue.mentorId)) ?? '';
    for (let times = 0; times < 3; times += 1) expect(await lookAtSurvey(programme.ports(), token)).to.equal('open');
    const send = () => answerSurvey(programme.ports(), { token, replies });
    const states = await Promise.all(Array.from({ length: 8 }, send));
    expect(states.toSorted()).to.deep.equal([...Array<string>(7).fill('answered'), 'open']);
    expect(await send()).to.equal('answered');
    expect(await lookAtSurvey(programme.ports(), token)).to.equal('answered');
    expect(await answers()).to.have.length(1);
  });

  it('keeps an answer when the service is killed before it could say thank you: the second try finds it', async () => {
    const dialogue = await closing();
    const token = (await linkFor(dialogue, dialogue.mentorId)) ?? '';
    const { surveys } = programme.ports();
    const killed = async (...given: Parameters<typeof surveys.insert>): Promise<boolean> => {
      await surveys.insert(...given);
      throw new Error('killed');
    };
    const dying = { ...programme.ports(), surveys: { ...surveys, insert: killed } };
    const fate = await answerSurvey(dying, { token, replies }).catch((error: unknown) => (error as Error).message);
    expect(fate).to.equal('killed');
    expect(await answerSurvey(programme.ports(), { token, replies })).to.equal('answered');
    expect(await answers()).to.have.length(1);
  });

  it('answers to nobody who made a link up', async () => {
    for (const token of ['', 'x', 'A'.repeat(68)]) {
      expect(await answerSurvey(programme.ports(), { token, replies })).to.equal('unknown');
    }
    expect(await answers()).to.deep.equal([]);
  });

  it('leaves no document that holds both anything made from a link and a member or dialogue, nor any instant', async () => {
    const dialogues = [await closing(), await closing()];
    const tokens: string[] = [];
    for (const dialogue of dialogues) {
      for (const memberId of [dialogue.menteeId, dialogue.mentorId]) {
        const token = (await linkFor(dialogue, memberId)) ?? '';
        await answerSurvey(programme.ports(), { token, replies });
        tokens.push(token);
      }
    }
    const { surveys } = programme.ports();
    const traces = tokens.flatMap((token) => [
      token,
      surveys.open(token)?.answerId ?? token,
      ...(['hex', 'base64', 'base64url'] as const).map((code) => createHash('sha256').update(token).digest(code)),
    ]);
    const persons = dialogues.flatMap(({ id, menteeId, mentorId, requestId }) => [id, menteeId, mentorId, requestId]);
    const collections = await programme.connection().db!.collections();
    const documents = (await Promise.all(collections.map((one) => one.find().toArray()))).flat();
    const texts = documents.map((document) => JSON.stringify(document));
    const marked = texts.filter((text) => traces.some((trace) => text.includes(trace)));
    expect(marked).to.have.length(4);
    expect(marked.filter((text) => persons.some((person) => text.includes(person)))).to.deep.equal([]);
    const kept = (await answers()).map(({ _id: _id, ...rest }) => rest);
    const same = { quarter: '2026-Q4', replies };
    expect(kept).to.have.deep.members(['mentee', 'mentor', 'mentee', 'mentor'].map((side) => ({ ...same, side })));
  });

  it('keeps answers for 24 months, and none of a quarter that began before', async () => {
    const { surveys } = programme.ports();
    for (const quarter of ['2026-Q3', '2026-Q4'])
      await surveys.insert({ id: quarter, side: 'mentee', quarter, replies });
    programme.moveTo(new Date('2028-09-29T10:00:00Z'));
    expect(await purgeSurveys(programme.ports())).to.deep.equal({ done: 1, failed: 0 });
    programme.moveTo(new Date('2028-10-02T10:00:00Z'));
    expect(await purgeSurveys(programme.ports())).to.deep.equal({ done: 1, failed: 0 });
    programme.moveBy(400 * dayMs);
    expect(await purgeSurveys(programme.ports())).to.deep.equal({ done: 0, failed: 0 });
  });
});
