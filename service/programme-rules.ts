// From the programme's file to the rules that the use cases know.
import { createHash } from 'node:crypto';
import type { Coordinator, Programme } from '../config/load-config.ts';
import type { CoordinatorContact } from './domain/coordinator.ts';
import { defaultMatchRules } from './domain/matching/index.ts';
import { sortContacts, type ReferralContact } from './domain/referral.ts';
import type { ProgrammeRules } from './usecases/ports.ts';

export function programmeRules({ zone, labs, delays, coordinators, verify, videoRoomBase }: Programme): ProgrammeRules {
  return {
    zone,
    steps: delays,
    match: defaultMatchRules,
    verify,
    coordinators: coordinators.map(coordinatorContact),
    ...(videoRoomBase !== undefined && { videoRoomBase }),
    labs: new Map(
      labs.map(({ id, name, zone: labZone, closures, referral, referralToComplete }) => [
        id,
        {
          id,
          name,
          calendar: { zone: labZone, closures },
          referral: sortContacts(referral.map(contactOf)),
          referralToComplete,
        },
      ]),
    ),
  };
}

type GivenContact = Programme['labs'][number]['referral'][number];

/** A field that was left out is absent, not undefined. */
function contactOf({ role, employer, name, email, phone, url }: GivenContact): ReferralContact {
  return {
    role,
    employer,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(url !== undefined && { url }),
  };
}

/** issuer and subject name a person for ever; the hash says neither in notices and logs. */
function coordinatorContact({ issuer, subject, role, lab, email, name, locale }: Coordinator): CoordinatorContact {
  const id = createHash('sha256').update(`${issuer}\0${subject}`).digest('hex').slice(0, 12);
  return {
    id,
    role,
    locale,
    ...(lab !== undefined && { labId: lab }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
  };
}
