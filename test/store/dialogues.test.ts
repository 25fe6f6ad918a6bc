import { expect } from 'chai';
import { daysAgo, dialogueOf, inventedNow as now } from '../../service/demo/factories.ts';
import { openDialogueStatuses, type Dialogue } from '../../service/domain/dialogue.ts';
import { useStore } from '../support/store.ts';

describe('store: dialogues', () => {
  const { store } = useStore();
  const keep = async (dialogue: Dialogue): Promise<Dialogue> => {
    expect(await store().dialogues.insert(dialogue)).to.equal(true);
    return dialogue;
  };

  it('gives back a dialogue exactly as the domain made it', async () => {
    const open = await keep(dialogueOf());
    const closed = await keep(dialogueOf({ status: 'closed', closing: 'completed', closedAt: now }));
    expect(await store().dialogues.find(open.id)).to.deep.equal(open);
    expect(await store().dialogues.find(closed.id)).to.deep.equal(closed);
  });

  it('makes one dialogue of a proposal that is confirmed 64 times at once', async () => {
    const dialogue = dialogueOf();
    const made = await Promise.all(Array.from({ length: 64 }, () => store().dialogues.insert(dialogue)));
    expect(made.filter(Boolean)).to.have.length(1);
  });

  it('opens one dialogue for a mentee whom 30 proposals would introduce at once', async () => {
    const menteeId = 'wanted by many';
    const made = await Promise.all(
      Array.from({ length: 30 }, () => store().dialogues.insert(dialogueOf({ menteeId }))),
    );
    expect(made.filter(Boolean)).to.have.length(1);
  });

  for (const status of openDialogueStatuses) {
    it(`opens no second dialogue as mentee while one is ${status}, and opens one after it is closed`, async () => {
      const first = await keep(dialogueOf({ status }));
      const second = dialogueOf({ menteeId: first.menteeId });
      expect(await store().dialogues.insert(second)).to.equal(false);
      await store().dialogues.change(first.id, [status], {
        status: 'closed',
        closing: 'ended_early',
        closedAt: now,
        due: null,
      });
      expect(await store().dialogues.insert(second)).to.equal(true);
    });
  }

  it('lists the open dialogues of a person on either side, the oldest first', async () => {
    const memberId = 'both sides';
    const young = await keep(dialogueOf({ menteeId: memberId }));
    const old = await keep(dialogueOf({ mentorId: memberId, introducedAt: daysAgo(9) }));
    await keep(dialogueOf({ mentorId: memberId, status: 'closed' }));
    expect(await store().dialogues.listOpenOf(memberId)).to.deep.equal([old, young]);
  });

  it('is ended once by two persons who end it at the same moment', async () => {
    const { id } = await keep(dialogueOf());
    const end = { status: 'closed', closing: 'ended_early', closedAt: now, due: null } as const;
    const ended = await Promise.all([1, 2].map(() => store().dialogues.change(id, openDialogueStatuses, end)));
    expect(ended.filter(Boolean)).to.have.length(1);
  });

  it('lists and moves on the open ones whose step is due', async () => {
    const dialogue = await keep(dialogueOf({ due: { step: 'nudge_1', at: daysAgo(100) } }));
    const closed = await keep(dialogueOf({ status: 'closed', due: { step: 'nudge_1', at: daysAgo(101) } }));
    expect(await store().dialogues.listDue(now, 1)).to.deep.equal([dialogue]);
    const next = { step: 'nudge_2', at: daysAgo(-1) };
    const moved = await Promise.all([1, 2, 3].map(() => store().dialogues.advance(dialogue.id, dialogue.due!, next)));
    expect(moved.filter(Boolean)).to.have.length(1);
    const ids = (await store().dialogues.listDue(now, 100)).map(({ id }) => id);
    expect(ids).to.not.include.members([dialogue.id]).and.not.include(closed.id);
  });
});
