// Names of nobody: first and last names combined so that about a thousand in a row differ; addresses under a reserved domain.

const firstNames = [
  'Alix',
  'Amina',
  'Anouk',
  'Basile',
  'Camille',
  'Chloé',
  'Clément',
  'Diane',
  'Elif',
  'Emile',
  'Farid',
  'Gaëlle',
  'Hugo',
  'Inès',
  'Ivan',
  'Jeanne',
  'Kenza',
  'Lucie',
  'Malik',
  'Marion',
  'Mei',
  'Nadia',
  'Noé',
  'Oriane',
  'Paul',
  'Rachel',
  'Rémi',
  'Sofia',
  'Théo',
  'Usha',
  'Victor',
  'Zoé',
] as const;

const lastNames = [
  'Abadie',
  'Aubertin',
  'Belkacem',
  'Berthomieu',
  'Carrel',
  'Chassagne',
  'Da Silva',
  'Delorme',
  'Duvernay',
  'Eskenazi',
  'Fabrègue',
  'Garrigou',
  'Haddad',
  'Jolivet',
  'Kowalski',
  'Lantier',
  'Lefèvre',
  'Marchetti',
  'Mercadier',
  'Moreau',
  'N’Diaye',
  'Oliveira',
  'Perrault',
  'Quintin',
  'Rossignol',
  'Sabatier',
  'Tanaka',
  'Urbain',
  'Vasseur',
  'Wagner',
  'Ziani',
] as const;

/** RFC 2606 keeps this ending for examples: no mail ever arrives there. */
/** Reserved for what does not exist (RFC 2606); each lab has a domain under it. */
export const inventedDomain = 'example';

function addressPart(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}

/** The name and address of the person with a number; 32 and 31 share no factor, so 992 in a row differ. */
export function inventedPerson(number: number, labId: string): { name: string; email: string } {
  const firstName = firstNames[number % firstNames.length] ?? '';
  const lastName = lastNames[number % lastNames.length] ?? '';
  const round = Math.floor(number / (firstNames.length * lastNames.length));
  const again = round > 0 ? String(round + 1) : '';
  return {
    name: `${firstName} ${lastName}`,
    email: `${addressPart(firstName)}.${addressPart(lastName)}${again}@${labId}.${inventedDomain}`,
  };
}
