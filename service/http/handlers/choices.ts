// A member's choices about taking part as a whole: a pause of everything, and the mails that only nudge.
import { chooseNudges } from '../../usecases/choose-nudges.ts';
import { pauseParticipation, resumeParticipation } from '../../usecases/pause-participation.ts';
import { nudgesForm } from '../forms/choices.ts';
import { readForm } from '../forms/form.ts';
import { type Handler, type MemberVisit, page, seeOther } from '../visit.ts';

export const showChoices: Handler<MemberVisit> = ({ member }) =>
  page('choices', {
    mayPause: member.status === 'active',
    paused: member.status === 'paused',
    nudgesOff: member.nudgesOff === true,
  });

export const postPauseAll: Handler<MemberVisit> = async ({ ports, member }) => {
  await pauseParticipation(ports, { memberId: member.id });
  return seeOther('/choices', 'paused_all');
};

export const postResumeAll: Handler<MemberVisit> = async ({ ports, member }) => {
  await resumeParticipation(ports, { memberId: member.id });
  return seeOther('/', 'resumed_all');
};

export const postNudges: Handler<MemberVisit> = async ({ ports, member, body }) => {
  const form = readForm(nudgesForm, body);
  if (!form.ok) return seeOther('/choices');
  const { on } = form.values;
  await chooseNudges(ports, { memberId: member.id, on });
  return seeOther('/choices', on ? 'nudges_on' : 'nudges_off');
};
