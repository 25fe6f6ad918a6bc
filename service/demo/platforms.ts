// The demonstration's intranets as the service knows them: one registration a lab, made by hand like any other.
import type { Coordinator, Programme } from '../../config/load-config.ts';
import type { Administration } from '../../lti/index.ts';
import { StartError } from '../start-error.ts';
import { clientIdOf, deploymentIdOf } from './intranet.ts';
import { inventedDomain } from './invented-names.ts';
import { demoLabIds, demoPeople } from './people.ts';

/** Registration ids by lab. */
export type DemoPlatforms = ReadonlyMap<string, string>;

/** @throws StartError when the data were made for intranets at another address */
export async function ensurePlatforms(administration: Administration, origin: string): Promise<DemoPlatforms> {
  const known = (await administration.listPlatforms()).map(({ registration }) => registration);
  const platforms = new Map<string, string>();
  for (const labId of demoLabIds) {
    const clientId = clientIdOf(labId);
    const issuer = `${origin}/${labId}`;
    const found = known.find((one) => one.clientId === clientId);
    if (found !== undefined && found.issuer !== issuer) {
      const madeFor = new URL(found.issuer).port;
      throw new StartError(
        `The demonstration’s data were made for intranets on port ${madeFor}: start with --intranets-port ${madeFor}, or with --fresh for new data.`,
      );
    }
    platforms.set(labId, (found ?? (await administration.addPlatform(formOf(labId, issuer)))).id);
  }
  return platforms;
}

function formOf(labId: string, issuer: string): Parameters<Administration['addPlatform']>[0] {
  return {
    name: `Intranet ${labId.toUpperCase()}`,
    issuer,
    clientId: clientIdOf(labId),
    authorizationUrl: `${issuer}/auth`,
    tokenUrl: `${issuer}/token`,
    keysetUrl: `${issuer}/keys`,
    deploymentId: deploymentIdOf(labId),
    tenant: labId,
  };
}

/** The programme as configured, with the demonstration's coordinators, and mails that lead to its intranets. */
export function demoProgramme(programme: Programme, origin: string): Programme {
  const coordinators = demoPeople.flatMap(({ labId, subject, coordinates, email, name, locale }): Coordinator[] => {
    if (coordinates === undefined) return [];
    const who = { issuer: `${origin}/${labId}`, subject, role: coordinates, email, name, locale };
    return [coordinates === 'lab_coordinator' ? { ...who, lab: labId } : who];
  });
  return {
    ...programme,
    coordinators: [...programme.coordinators, ...coordinators],
    labs: programme.labs.map((lab) => ({
      ...lab,
      entryUrl: `${origin}/${lab.id}/mentorat`,
      mailDomains: [`${lab.id}.${inventedDomain}`],
    })),
  };
}
