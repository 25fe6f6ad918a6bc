// The profile for its page; of declared ties only the number is known.
import { careerStages, languages, modalities } from '../../domain/terms.ts';
import { profileRaw } from '../forms/profile.ts';
import type { MemberVisit } from '../visit.ts';
import { lastEmail } from '../../domain/own-address.ts';
import { fieldsOf } from './fields.ts';
import { presentAge, type Retold } from './overtaken.ts';
import { type Row, row, term, terms } from './words.ts';

/** What is stored, but for the ties, which are never shown. */
function storedRows(visit: MemberVisit): Row[] {
  const { member, t } = visit;
  const { profile } = member;
  return [
    { label: t('profile:name.label'), value: member.name },
    { label: t('profile:email.label'), value: lastEmail(member) },
    ...(profile
      ? [
          row(visit, 'profile:stage.label', term(visit, 'careerStage', profile.careerStage)),
          row(visit, 'card:languages', terms(visit, 'language', profile.languages)),
          row(visit, 'card:modalities', terms(visit, 'modality', profile.modalities)),
        ]
      : []),
  ];
}

export function presentProfile(visit: MemberVisit, filled?: Retold): object {
  const { member, t } = visit;
  const fields = fieldsOf(t, filled ?? { raw: profileRaw(member), problems: [] });
  const { team, supervisors, avoid } = member.ties;
  const declared = (team === undefined ? 0 : 1) + supervisors.length + avoid.length;
  return {
    ...presentAge(member, 'profile', { filled, stored: () => storedRows(visit) }),
    first: member.status === 'draft',
    summary: fields.summary(),
    name: fields.text('name'),
    email: fields.text('email'),
    careerStage: fields.choices('careerStage', careerStages, (code) => term(visit, 'careerStage', code)),
    language: fields.choices('language', languages, (code) => term(visit, 'language', code)),
    otherLanguages: fields.choices('otherLanguages', languages, (code) => term(visit, 'language', code)),
    modalities: fields.choices('modalities', modalities, (code) => term(visit, 'modality', code)),
    team: fields.text('team'),
    supervisors: fields.text('supervisors'),
    avoid: fields.text('avoid'),
    replace: fields.box('replace'),
    declared: declared > 0,
    declaredTeam: t(team === undefined ? 'profile:declared.no_team' : 'profile:declared.team'),
    declaredSupervisors: t('profile:declared.supervisors', { count: supervisors.length }),
    declaredAvoid: t('profile:declared.avoid', { count: avoid.length }),
  };
}
