// A person's own data: seen, taken away, and left behind.
import { closeDoors } from '../../usecases/close-doors.ts';
import { exportMyData } from '../../usecases/export-my-data.ts';
import { leaveProgramme } from '../../usecases/leave-programme.ts';
import { viewHome } from '../../usecases/view-home.ts';
import { presentMyData, presentNoData } from '../present/my-data.ts';
import { presentSessions } from '../present/sessions.ts';
import { type Handler, type MemberVisit, page, seeOther } from '../visit.ts';

export const showMyData: Handler = async (visit) => {
  const { member, ports } = visit;
  const sessions = presentSessions(visit, await visit.door.openSessions());
  if (!member) return page('my-data', { ...presentNoData(visit), sessions });
  const home = await viewHome(ports, { memberId: member.id });
  return page('my-data', { ...presentMyData({ ...visit, member }, home), sessions });
};

export const exportData: Handler<MemberVisit> = async ({ ports, member }) => ({
  file: 'mentorat-dialogue.json',
  type: 'application/json',
  content: `${JSON.stringify(await exportMyData(ports, { memberId: member.id }), null, 2)}\n`,
});

export const postLeave: Handler<MemberVisit> = async (visit) => {
  await leaveProgramme(visit.ports, { memberId: visit.member.id });
  await visit.door.endAll();
  return { ...page('left', {}), bare: true };
};

export const postDoorsClose: Handler<MemberVisit> = async ({ ports, member, session, door }) => {
  await door.endDoors(await closeDoors(ports, { memberId: member.id, person: session.person }));
  return seeOther('/my-data', 'doors_closed');
};
