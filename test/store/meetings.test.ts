import { expect } from 'chai';
import { daysAgo, inventedNow as now, meetingOf } from '../../service/demo/factories.ts';
import type { Meeting } from '../../service/domain/meeting.ts';
import { useStore } from '../support/store.ts';

describe('store: meetings', () => {
  const { store } = useStore();
  const keep = async (meeting: Meeting): Promise<Meeting> => {
    expect(await store().meetings.insert(meeting)).to.equal(true);
    return meeting;
  };

  it('gives back a meeting exactly as the domain made it', async () => {
    const meeting = await keep(meetingOf());
    expect(await store().meetings.find(meeting.id)).to.deep.equal(meeting);
    expect(await store().meetings.findPlanned(meeting.dialogueId)).to.deep.equal(meeting);
  });

  it('gives back a meeting that is to be moved, and one that was', async () => {
    const move = { startsAt: daysAgo(-9), modality: 'phone', suggestedById: 'somebody' } as const;
    const meeting = await keep(meetingOf({ status: 'agreed', sequence: 2, agreedSequence: 1, move }));
    expect(await store().meetings.find(meeting.id)).to.deep.equal(meeting);
    const seen = { from: ['agreed'], sequence: 2 } as const;
    const moved = await store().meetings.change(meeting.id, seen, { ...move, move: null, sequence: 3 });
    expect(moved).to.include({ modality: 'phone', sequence: 3 }).and.not.have.property('move');
  });

  it('plans one meeting of a dialogue for which 30 are suggested at once', async () => {
    const dialogueId = 'two eager persons';
    const kept = await Promise.all(
      Array.from({ length: 30 }, () => store().meetings.insert(meetingOf({ dialogueId }))),
    );
    expect(kept.filter(Boolean)).to.have.length(1);
  });

  it('plans another meeting once the first is held, and lists both by time', async () => {
    const first = await keep(meetingOf({ status: 'agreed' }));
    const second = meetingOf({ dialogueId: first.dialogueId, startsAt: daysAgo(-8) });
    expect(await store().meetings.insert(second)).to.equal(false);
    const held = await store().meetings.change(first.id, { from: ['agreed'], sequence: 0 }, { status: 'held' });
    await keep(second);
    expect(await store().meetings.listOf(first.dialogueId)).to.deep.equal([held, second]);
    expect(await store().meetings.findPlanned(first.dialogueId)).to.deep.equal(second);
  });

  it('refuses a change by somebody who saw an earlier version', async () => {
    const meeting = await keep(meetingOf({ sequence: 3 }));
    expect(
      await store().meetings.change(meeting.id, { from: ['suggested'], sequence: 2 }, { status: 'agreed' }),
    ).to.equal(undefined);
    expect(await store().meetings.find(meeting.id)).to.deep.equal(meeting);
  });

  it('is either agreed or cancelled when both are asked for at the same moment', async () => {
    for (let round = 0; round < 25; round += 1) {
      const { id } = await keep(meetingOf());
      const seen = { from: ['suggested'], sequence: 0 } as const;
      const changed = await Promise.all([
        store().meetings.change(id, seen, { status: 'agreed', sequence: 1, due: { step: 'remind', at: now } }),
        store().meetings.change(id, seen, { status: 'cancelled', sequence: 1 }),
      ]);
      expect(changed.filter(Boolean)).to.have.length(1);
    }
  });

  it('lists and moves on the planned ones whose reminder is due', async () => {
    const due = { step: 'remind', at: daysAgo(50) };
    const meeting = await keep(meetingOf({ status: 'agreed', due }));
    const cancelled = await keep(meetingOf({ status: 'cancelled', due: { step: 'remind', at: daysAgo(51) } }));
    expect(await store().meetings.listDue(now, 1)).to.deep.equal([meeting]);
    const moved = await Promise.all([1, 2, 3].map(() => store().meetings.advance(meeting.id, due, undefined)));
    expect(moved.filter(Boolean)).to.have.length(1);
    const ids = (await store().meetings.listDue(now, 100)).map(({ id }) => id);
    expect(ids).to.not.include(meeting.id).and.not.include(cancelled.id);
  });
});
