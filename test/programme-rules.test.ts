import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { programmeSchema } from '../config/programme.ts';
import { coordinatorsOf, findCoordinator, recipientIdOf } from '../service/domain/coordinator.ts';
import { programmeRules } from '../service/programme-rules.ts';

const labs = ['etis', 'lix'].map((id) => ({ id, name: id.toUpperCase(), entryUrl: `https://${id}.example/` }));
const issuer = 'https://moodle.lix.example';

describe('the coordinators among the rules', () => {
  const { coordinators } = programmeRules(
    programmeSchema.parse({
      labs,
      coordinators: [
        { issuer, subject: '7', role: 'lab_coordinator', lab: 'lix', email: 'c@lix.example', name: 'Camille' },
        { issuer, subject: '8', role: 'cross_lab_coordinator', locale: 'en' },
      ],
    }),
  );

  it('are named by a hash of issuer and subject, which tells neither', () => {
    const id = createHash('sha256').update([issuer, '7'].join('\0')).digest('hex').slice(0, 12);
    expect(coordinators[0]).to.deep.equal({
      id,
      role: 'lab_coordinator',
      labId: 'lix',
      email: 'c@lix.example',
      name: 'Camille',
      locale: 'fr',
    });
  });

  it('are found again by the recipient of a notice; one who is no longer configured is not', () => {
    for (const one of coordinators) expect(findCoordinator(coordinators, recipientIdOf(one))).to.equal(one);
    expect(findCoordinator(coordinators, 'coordinator:000000000000')).to.equal(undefined);
    expect(findCoordinator(coordinators, coordinators[0]!.id)).to.equal(undefined);
  });

  it('belong to their lab only; those of all labs to none', () => {
    expect(coordinatorsOf(coordinators, 'lix').map(({ name }) => name)).to.deep.equal(['Camille']);
    expect(coordinatorsOf(coordinators, 'etis')).to.deep.equal([]);
  });
});
