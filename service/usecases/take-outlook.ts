import { fromLocal, toLocal } from '../domain/calendar.ts';
import { attendeeOf, type DescribedMember } from '../domain/common-ground.ts';
import { usualHalfDays } from '../domain/usual-half-days.ts';
import { cellsOf, makeOutlook, phantomSides } from '../domain/outlook.ts';
import { halfHoursOf } from '../domain/meeting.ts';
import { isOpenAsMentor } from '../domain/member.ts';
import { meetingsOf } from '../domain/mentor-offer.ts';
import { isDescribed, isOffering, isOfLab } from './load-match-input.ts';
import type { Ports } from './ports.ts';
import { getLab, todayOf } from './records.ts';

/** Minutes after local midnight at which the night's table is made. */
const nightMinutes = 3 * 60;

/** Makes the table of the night once; the first one of a programme at once. Returns whether it did. */
export async function takeOutlook(ports: Ports): Promise<boolean> {
  const now = ports.clock.now();
  const { zone } = ports.rules;
  const on = toLocal(now, zone).date;
  const last = await ports.outlooks.find();
  if (last && (last.on >= on || now < fromLocal({ date: on, minutes: nightMinutes }, zone))) return false;
  const counts = new Map<string, number>();
  for await (const chunk of ports.members.readMentors()) {
    for (const mentor of chunk.filter(isDescribed).filter(isOffering).filter(isOfLab(ports))) {
      if (!isOpenAsMentor(mentor, todayOf(ports, mentor))) continue;
      const halfDays = outlookHalfDays(ports, mentor, halfHoursOf(meetingsOf(mentor.offer).minutes));
      for (const cell of cellsOf(mentor, halfDays)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
  }
  const year = on.slice(0, 4);
  await ports.outlooks.keep(
    makeOutlook(on, counts, (cell) => ports.hasher.draw(`outlook ${year} ${cell}`, phantomSides)),
  );
  return true;
}

/** On the programme's own clock: labs in several zones are counted in one week. */
export function outlookHalfDays(ports: Ports, member: DescribedMember, halfHours: number): string[] {
  const attendee = attendeeOf({ member, calendar: getLab(ports, member.labId).calendar });
  return usualHalfDays(attendee, { from: ports.clock.now(), zone: ports.rules.zone, halfHours });
}
