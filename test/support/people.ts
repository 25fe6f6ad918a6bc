// People who have come some way through the programme, by the forms that everybody uses.
import { charterVersion } from '../../service/domain/charter.ts';
import { availabilityForm } from '../../service/http/forms/availability.ts';
import { profileForm } from '../../service/http/forms/profile.ts';
import { confirmAddress } from '../../service/usecases/confirm-address.ts';
import { markOfName } from '../../service/usecases/name-mark.ts';
import { saveMentoring } from '../../service/usecases/save-mentoring.ts';
import { saveProfile } from '../../service/usecases/save-profile.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import type { Newcomer, TestApp, Visitor } from './app.ts';

export const charterAnswers = (name: string): Record<string, string> => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`,
  version: charterVersion,
  agree: 'yes',
});

export const profileAnswers = (name: string): Record<string, string | string[]> => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`,
  careerStage: 'doctoral',
  language: 'fr',
  otherLanguages: ['en'],
  modalities: ['video', 'in_person'],
  team: '',
  supervisors: '',
  avoid: '',
});

/** Monday and Tuesday, 9 to 12. */
export const mornings = { days0: ['1', '2'], from0: '09:00', to0: '12:00' };

export const requestAnswers = {
  wish1: 'career_project',
  wish2: 'self_confidence',
  format: 'one_off',
  labPreference: 'any',
};
export const offerAnswers = { topics: ['career_project', 'self_confidence'], formats: ['one_off'], capacity: '1' };

/** Nobody is introduced under a word of office. */
const nameOf = ({ subject }: Newcomer): string => subject.replace('coordinator', 'Keeper');

/** Came in, signed by the form, and typed the code of the letter. */
export async function signed(app: TestApp, person: Newcomer): Promise<Visitor> {
  const visitor = await app.enter(person);
  await visitor.submit('/charter', charterAnswers(nameOf(person)));
  await confirmed(app, person);
  return visitor;
}

/** The code for the address that waits, as its letter says it. */
export async function codeFor(app: TestApp, person: Pick<Newcomer, 'subject' | 'lab'>): Promise<string> {
  const { id, addressCode } = await app.memberOf(person);
  return app.service().ports.hasher.code(id, addressCode?.id ?? '');
}

/** Whatever address waits is confirmed. */
export async function confirmed(app: TestApp, person: Pick<Newcomer, 'subject' | 'lab'>): Promise<void> {
  const { id, addressCode } = await app.memberOf(person);
  if (addressCode) await confirmAddress(app.service().ports, { memberId: id, code: await codeFor(app, person) });
}

/** Signed by the form, described, and free on Monday and Tuesday mornings; those forms have suites of their own. */
export async function participant(app: TestApp, person: Newcomer): Promise<Visitor> {
  const visitor = await signed(app, person);
  const { ports } = app.service();
  const { id: memberId } = await app.memberOf(person);
  const { name, email, careerStage, languages, modalities } = profileForm.parse(profileAnswers(nameOf(person)));
  const profile = { careerStage, languages, modalities };
  const ties = { supervisors: [], avoid: [], replace: false };
  const known = {
    ...(person.email !== undefined && { platformEmailHash: ports.hasher.email(person.email) }),
    ...(person.name !== undefined && { platformNameMark: markOfName(ports, person.name) }),
  };
  await saveProfile(ports, { memberId, name, email, profile, ties, ...known });
  const rules = { today: '2026-11-23', ways: modalities, halfHours: 2 };
  const availability = availabilityForm(rules).parse(mornings);
  await saveMentoring(ports, { memberId, form: { availability } });
  await visitor.get('/');
  return visitor;
}

export interface Pair {
  mentee: Visitor;
  mentor: Visitor;
  /** Path of the proposal, the same for both. */
  proposal: string;
}

/** A mentee of one lab and a mentor of another, proposed to each other by a matching run. */
/** known: what the mentor’s platform says of them. */
export async function proposedPair(
  app: TestApp,
  names: { mentee: string; mentor: string },
  known: Partial<Newcomer> = {},
): Promise<Pair> {
  const mentor = await participant(app, { ...known, subject: names.mentor, lab: 'liris' });
  await mentor.submit('/mentor', offerAnswers);
  const mentee = await participant(app, { subject: names.mentee });
  await mentee.submit('/request', requestAnswers);
  await runMatching(app.service().ports, { seed: 1 });
  const { text } = await mentee.get('/');
  const [proposal] = /\/proposals\/[\w-]+/u.exec(text) ?? [];
  if (proposal === undefined) throw new Error('the two were not proposed to each other');
  return { mentee, mentor, proposal };
}

/** Two who both said yes. */
export async function introducedPair(
  app: TestApp,
  names: { mentee: string; mentor: string },
  known: Partial<Newcomer> = {},
) {
  const { mentee, mentor, proposal } = await proposedPair(app, names, known);
  await mentee.submit(`${proposal}/answer`, { answer: 'yes' });
  await mentor.get('/');
  await mentor.submit(`${proposal}/answer`, { answer: 'yes' });
  return { mentee, mentor, dialogue: proposal.replace('proposals', 'dialogues') };
}
