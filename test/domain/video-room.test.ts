import { expect } from 'chai';
import { meetingOf } from '../../service/demo/factories.ts';
import { videoRoomOf } from '../../service/domain/video-room.ts';

const names = { room: (dialogueId: string) => `room-of-${dialogueId}` };
const agreed = meetingOf({ dialogueId: 'pair', status: 'agreed', modality: 'video' });

describe('A video room', () => {
  const addresses: [string, string][] = [
    ['https://visio.example', 'https://visio.example/room-of-pair'],
    ['https://visio.example/', 'https://visio.example/room-of-pair'],
    ['https://visio.example/mentorat/', 'https://visio.example/mentorat/room-of-pair'],
    ['https://bbb.example/join?room={room}&lang=fr', 'https://bbb.example/join?room=room-of-pair&lang=fr'],
  ];
  for (const [base, address] of addresses) {
    it(`of a server at ${base} is at ${address}`, () => {
      expect(videoRoomOf(agreed, base, names)).to.equal(address);
    });
  }

  it('is there for an agreed meeting by video only, and where the programme has a server', () => {
    const base = 'https://visio.example';
    expect(videoRoomOf(agreed, undefined, names)).to.equal(undefined);
    expect(videoRoomOf({ ...agreed, modality: 'phone' }, base, names)).to.equal(undefined);
    for (const status of ['suggested', 'held', 'cancelled'] as const) {
      expect(videoRoomOf({ ...agreed, status }, base, names), status).to.equal(undefined);
    }
  });
});
