// A platform that is connected to the tool, where the test cares for one or two facts of it only.
import type { Registration } from '../../../lti/index.ts';

/** Connected by hand, in force, without deployments; facts: what matters to the test. */
export function registrationOf(facts: Partial<Registration> = {}): Registration {
  return {
    id: 'r',
    name: 'n',
    issuer: 'https://i.example',
    clientId: 'c',
    authorizationUrl: 'https://i.example/a',
    tokenUrl: 'https://i.example/t',
    keysetUrl: 'https://i.example/k',
    frameOrigins: ['https://i.example'],
    source: 'manual',
    active: true,
    deployments: [],
    createdAt: new Date(0),
    ...facts,
  };
}
