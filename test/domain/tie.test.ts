import { expect } from 'chai';
import fc from 'fast-check';
import { isTeam, normaliseEmail, normaliseTeam, tieBetween, type Tied, type Ties } from '../../service/domain/tie.ts';

const person = (facts: Partial<Ties>, labId = 'etis'): Tied => ({
  labId,
  ties: { self: ['me'], supervisors: [], avoid: [], ...facts },
});

describe('A tie', () => {
  it('is one with oneself: who has an address in common is the same person, in whatever lab', () => {
    const [here, there] = [person({ self: ['a', 'mine'] }), person({ self: ['b', 'mine'], team: 't' })];
    expect([tieBetween(here, there), tieBetween(there, here)]).to.deep.equal(['same_person', 'same_person']);
  });

  it('is found when one names the other as supervisor, whoever is asked first', () => {
    const student = person({ self: ['student'], supervisors: ['boss'] });
    const boss = person({ self: ['boss', 'boss-alias'] });
    expect([tieBetween(student, boss), tieBetween(boss, student)]).to.deep.equal(['supervisor', 'supervisor']);
  });

  it('is found when both are of one team', () => {
    expect(tieBetween(person({ self: ['a'], team: 't' }), person({ self: ['b'], team: 't' }))).to.equal('same_team');
  });

  it('is not made of teams of the same name in two labs', () => {
    const [here, there] = [
      person({ self: ['a'], team: 'direction' }),
      person({ self: ['b'], team: 'direction' }, 'lix'),
    ];
    expect(tieBetween(here, there)).to.equal(undefined);
  });

  it('is not made of a dash, or of any other way to say that one has no team', () => {
    for (const none of [
      '-',
      '—',
      '?',
      ' ',
      'Aucune',
      'néant',
      'N/A',
      'n.a.',
      'none',
      'Pas d’équipe',
      '…',
      'Sans équipe',
      'sans objet',
      'Aucun(e)',
      'Pas encore',
      '0',
      'not applicable',
      'I don’t know',
    ]) {
      expect(isTeam(none), none).to.equal(false);
    }
    for (const team of ['Direction', 'A', 'IA', '3D', 'Équipe 1', 'Nonlinear', 'Sans-fil', '统计', 'NA', 'X', 'SOLO']) {
      expect(isTeam(team), team).to.equal(true);
    }
  });

  it('is not made of two persons who named no team', () => {
    expect(tieBetween(person({ self: ['a'] }), person({ self: ['b'] }))).to.equal(undefined);
  });

  it('is found by any of the addresses of a person who is to be avoided', () => {
    const careful = person({ self: ['a'], avoid: ['alias'] });
    expect(tieBetween(person({ self: ['b', 'alias'] }), careful)).to.equal('avoid');
  });

  it('does not depend on the order of the two persons', () => {
    const hashes = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
    const anybody = fc
      .record({ self: hashes, supervisors: hashes, avoid: hashes, team: fc.constantFrom(undefined, 't', 'u') })
      .map(({ team, ...ties }): Tied => ({ labId: 'etis', ties: team ? { ...ties, team } : ties }));
    fc.assert(
      fc.property(anybody, anybody, (one, other) => {
        expect(tieBetween(one, other) === undefined).to.equal(tieBetween(other, one) === undefined);
      }),
    );
  });
});

describe('What is compared', () => {
  it('is the address without case, blanks and tag', () => {
    expect(normaliseEmail('  Zoe.Martin+ml@Lab.Example ')).to.equal('zoe.martin@lab.example');
  });

  it('is the team name without case, accents and punctuation', () => {
    expect(normaliseTeam(' Équipe  «Données & Réseaux» ')).to.equal(normaliseTeam('equipe donnees reseaux'));
  });
});
