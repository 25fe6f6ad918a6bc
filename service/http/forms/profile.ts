// The profile: what both roles share, and the ties, which are typed once and never shown again.
import { z } from 'zod';
import type { Member } from '../../domain/member.ts';
import { lastEmail } from '../../domain/own-address.ts';
import { careerStages, languages, modalities } from '../../domain/terms.ts';
import { addresses, box, chosenName, email, many, one, optionalText, type Raw } from './form.ts';

export const profileForm = z
  .strictObject({
    name: chosenName,
    email,
    careerStage: one(careerStages, 'forms:career_stage'),
    language: one(languages, 'forms:language'),
    otherLanguages: many(languages),
    modalities: many(modalities).refine((chosen) => chosen.length > 0, 'forms:modalities'),
    team: optionalText(120),
    supervisors: addresses(20),
    avoid: addresses(40),
    replace: box,
  })
  .transform(({ language, otherLanguages, ...rest }) => ({
    ...rest,
    /** First choice first. */
    languages: [...new Set([language, ...otherLanguages])],
  }));

export function profileRaw(member: Member): Raw {
  const { name, profile } = member;
  const [language = '', ...otherLanguages] = profile?.languages ?? [];
  return {
    name,
    email: lastEmail(member),
    careerStage: profile?.careerStage ?? '',
    language,
    otherLanguages,
    modalities: profile?.modalities ?? [],
  };
}
