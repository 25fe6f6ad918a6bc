// The profile: shown, and saved; a newcomer goes on to their availability.
import type { Availability } from '../../domain/availability.ts';
import { saveProfile } from '../../usecases/save-profile.ts';
import { readForm } from '../forms/form.ts';
import { profileForm } from '../forms/profile.ts';
import { presentProfile } from '../present/profile.ts';
import { type Handler, type MemberVisit, page, seeOther } from '../visit.ts';

const none: Availability = { anyTime: false, windows: [], absences: [] };

export const showProfile: Handler<MemberVisit> = (visit) => page('profile', presentProfile(visit));

export const postProfile: Handler<MemberVisit> = async (visit) => {
  const form = readForm(profileForm, visit.body);
  if (!form.ok) return page('profile', presentProfile(visit, { ...form, problems: form.problems }), 422);
  const { name, email, careerStage, languages, modalities, team, supervisors, avoid, replace } = form.values;
  const { member, ports } = visit;
  await saveProfile(ports, {
    memberId: member.id,
    name,
    email,
    profile: { careerStage, languages, modalities, availability: member.profile?.availability ?? none },
    ties: { supervisors, avoid, replace, ...(team === undefined ? {} : { team }) },
  });
  return member.status === 'draft' ? seeOther('/availability', 'profile') : seeOther('/', 'profile');
};
