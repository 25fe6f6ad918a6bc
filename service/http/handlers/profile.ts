// The profile: shown, and saved; a newcomer goes on to their availability.
import { saveProfile } from '../../usecases/save-profile.ts';
import { profileForm } from '../forms/profile.ts';
import { presentProfile } from '../present/profile.ts';
import { type Handler, type MemberVisit, page, seeOther } from '../visit.ts';
import { saveForm } from './save-form.ts';

export const showProfile: Handler<MemberVisit> = (visit) => page('profile', presentProfile(visit));

export const postProfile: Handler<MemberVisit> = (visit) =>
  saveForm(visit, {
    schema: profileForm,
    show: (now, filled, status) => page('profile', presentProfile(now, filled), status),
    save: async (values, seen) => {
      const { name, email, careerStage, languages, modalities, team, supervisors, avoid, replace } = values;
      const { member, ports, session } = visit;
      const { emailHash, nameMark } = session.data;
      await saveProfile(ports, {
        memberId: member.id,
        seen,
        name,
        email,
        // A platform's word about an address counts in its own lab.
        ...(emailHash === undefined || session.tenant !== member.labId ? {} : { platformEmailHash: emailHash }),
        ...(nameMark === undefined ? {} : { platformNameMark: nameMark }),
        profile: { careerStage, languages, modalities },
        ties: { supervisors, avoid, replace, ...(team === undefined ? {} : { team }) },
      });
      return member.status === 'draft' ? seeOther('/availability', 'profile') : seeOther('/', 'profile');
    },
  });
