// A meeting through the pages of both: suggested, answered by another time, agreed, moved, kept, cancelled.
import { expect } from 'chai';
import { type TestApp, useApp, type Visitor } from '../support/app.ts';
import { introducedPair, participant } from '../support/people.ts';

describe('meetings through the pages', () => {
  const app: TestApp = useApp();
  let [mentee, mentor]: Visitor[] = [];
  let dialogue = '';

  const introduce = async (name: string): Promise<void> => {
    const pair = await introducedPair(app, { mentee: `Mia ${name}`, mentor: `Marc ${name}` });
    [mentee, mentor, dialogue] = [pair.mentee, pair.mentor, pair.dialogue];
  };

  /** The dialogue's page of one of the two, with what its forms would send. */
  async function look(visitor: Visitor | undefined) {
    const { text } = await visitor!.get(dialogue);
    const values = [...text.matchAll(/name="startsAt" value="([^"]+)"/gu)].map(([, value = '']) => value);
    const act = (name: string): string => new RegExp(`/meetings/[\\w-]+/${name}`, 'u').exec(text)?.[0] ?? '';
    const sequence = /name="sequence" value="(\d+)"/u.exec(text)?.[1] ?? '';
    const main = text.split('<main')[1]?.split('</main>')[0] ?? '';
    return { text, values, act, sequence, main };
  }

  const suggest = async (visitor: Visitor | undefined, index = 4): Promise<void> => {
    const { values } = await look(visitor);
    await visitor!.submit(`${dialogue}/meetings`, { startsAt: values[index]!, modality: 'video' });
  };
  const move = async (visitor: Visitor | undefined, index: number) => {
    const { values, act, sequence } = await look(visitor);
    return visitor!.submit(act('move'), { sequence, startsAt: values[index]!, modality: 'in_person' });
  };
  const press = async (visitor: Visitor | undefined, name: string) => {
    const { act, sequence } = await look(visitor);
    return visitor!.submit(act(name), { sequence });
  };

  it('answer a suggestion by another time, agree to it, ask to move it, keep it, move it and cancel it', async () => {
    await introduce('Way');
    await suggest(mentee);
    expect((await look(mentor)).text)
      .to.include('Ce moment vous est proposé')
      .and.include('Ce moment me convient');
    await move(mentor, 6);
    expect((await look(mentor)).text)
      .to.include('Vous avez proposé ce moment')
      .and.not.include('/agree"');
    expect((await press(mentee, 'agree')).text).to.include('Le rendez-vous est fixé');

    expect((await move(mentee, 8)).text)
      .to.include('Vous proposez de le déplacer')
      .and.include('Ne plus déplacer');
    const asked = await look(mentor);
    expect(asked.text).to.include('Rendez-vous fixé').and.include('Cet autre moment vous est proposé');
    expect((await mentor!.get('/')).text).to.include('Un moment de rencontre vous est proposé');
    expect((await press(mentor, 'keep')).text).to.include('Le rendez-vous garde son heure');
    expect((await look(mentee)).text).to.not.include('Ne plus déplacer');

    await move(mentor, 10);
    expect((await press(mentee, 'agree')).text).to.include('Le rendez-vous est fixé');
    expect((await look(mentor)).main)
      .to.include('en personne')
      .and.not.include('Cet autre moment');
    expect((await press(mentor, 'cancel')).text).to.include('Ce rendez-vous est annulé');
    expect((await look(mentee)).text).to.include(`action="${dialogue}/meetings"`);
  });

  it('tell of two who act on what they saw that it has changed, and change nothing for the second', async () => {
    await introduce('Twice');
    await suggest(mentee);
    const [first, second] = [await look(mentor), await look(mentee)];
    await mentor!.submit(first.act('agree'), { sequence: first.sequence });
    const late = await mentee!.submit(second.act('cancel'), { sequence: second.sequence });
    expect(late.status).to.equal(409);
    expect(late.text).to.include('Ce rendez-vous a changé').and.include('la page du dialogue');
    expect((await look(mentee)).text).to.include('Rendez-vous fixé');
  });

  it('open the form for another time again when it was sent without one, and say what to do', async () => {
    await introduce('Blank');
    await suggest(mentee);
    const { act, sequence } = await look(mentor);
    const answer = await mentor!.submit(act('move'), { sequence, startsAt: '', modality: 'video' });
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('<details open>').and.include('href="#f-startsAt"');
    expect(answer.text).to.match(/value="video" checked/u);
  });

  it('do not exist for anybody else', async () => {
    await introduce('Own');
    await suggest(mentee);
    const { act, sequence, values } = await look(mentor);
    const other = await participant(app, { subject: 'Otto Other' });
    for (const name of ['agree', 'keep', 'cancel']) {
      expect((await other.submit(act('cancel').replace('cancel', name), { sequence })).status).to.equal(404);
    }
    const time = { startsAt: values[2]!, modality: 'video' };
    expect((await other.submit(act('move'), { sequence, ...time })).status).to.equal(404);
    expect((await other.submit(act('move'), { sequence, startsAt: '', modality: '' })).status).to.equal(404);
  });

  it('show the video room of an agreed meeting by video, where the programme has one, to nobody before', async () => {
    await introduce('Room');
    Object.assign(app.service().ports.rules, { videoRoomBase: 'https://visio.example' });
    await suggest(mentee);
    expect((await look(mentee)).text).to.not.include('visio.example');
    await press(mentor, 'agree');
    const rooms = [await look(mentee), await look(mentor)].map(
      ({ text }) => /href="(https:\/\/visio\.example\/[0-9a-f]{32})" target="_blank" rel="noreferrer"/u.exec(text)?.[1],
    );
    expect(rooms[0]).to.be.a('string').and.equal(rooms[1]);
    Object.assign(app.service().ports.rules, { videoRoomBase: undefined });
    expect((await look(mentee)).text).to.not.include('visio.example');
  });
});
