// A room for the conversations of one pair on a video server of the programme's choice. Nothing asks that server for
// anything: the address alone is made here, and nobody can guess it.
import type { Meeting } from './meeting.ts';

/**
 * Where a meeting by video takes place, once it is agreed. base: https address of the server, with {room} where the name
 * goes or before the name; no rooms without it. names: the same for all meetings of a dialogue, without personal data.
 */
export function videoRoomOf(
  { dialogueId, status, modality }: Meeting,
  base: string | undefined,
  names: { room(dialogueId: string): string },
): string | undefined {
  if (base === undefined || status !== 'agreed' || modality !== 'video') return undefined;
  const name = names.room(dialogueId);
  return base.includes('{room}') ? base.replaceAll('{room}', name) : `${base.replace(/\/+$/u, '')}/${name}`;
}
