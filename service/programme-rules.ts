// From the programme's file to the rules that the use cases know.
import type { Programme } from '../config/load-config.ts';
import type { AppealContact } from './domain/exclusion.ts';
import { defaultMatchRules } from './domain/matching/index.ts';
import { sortContacts, type ReferralContact } from './domain/referral.ts';
import type { ProgrammeRules } from './usecases/ports.ts';

export function programmeRules({ zone, labs, delays, verify, videoRoomBase, appeal }: Programme): ProgrammeRules {
  return {
    zone,
    steps: delays,
    match: defaultMatchRules,
    verify,
    ...(videoRoomBase !== undefined && { videoRoomBase }),
    ...(appeal && { appeal: appealContactOf(appeal) }),
    labs: new Map(
      labs.map(({ id, name, zone: labZone, holidays, closures, mailDomains, referral, referralToComplete }) => [
        id,
        {
          id,
          name,
          calendar: { zone: labZone, closures, holidays },
          mailDomains,
          referral: sortContacts(referral.map(contactOf)),
          referralToComplete,
        },
      ]),
    ),
  };
}

function appealContactOf({ name, email, url }: NonNullable<Programme['appeal']>): AppealContact {
  return { name, ...(email !== undefined && { email }), ...(url !== undefined && { url }) };
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
