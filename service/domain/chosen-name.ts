// The name under which somebody is introduced: their own choice, but nobody else's, no office, and nothing that turns the
// line around or stays unseen in it.

/** Names are compared without case, accents, punctuation and order: platforms write "DUPONT Zoé" where people write "Zoé Dupont". */
export function foldName(name: string): string {
  return words(name).sort().join(' ');
}

function words(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** characters: control, direction and unseen ones, addresses, letters of two scripts in a word. office: "(coordination)". */
export type NameProblem = 'characters' | 'office';

/** Whatever is no letter, mark or part of a name; and more marks on a letter than any language writes. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|\p{M}{4,}/u;
const addressed = /[@<>]|:\/\/|www\./iu;
const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** Words of office, by their beginnings, also spelt with blanks or dots between the letters. */
const officeStems = [
  'coordinat',
  'coordonnat',
  'administrat',
  'directeur',
  'directrice',
  'directora',
  'mediateur',
  'mediatrice',
  'moderateur',
  'moderatrice',
  'mentorat',
  'programme',
  'ressourceshumaines',
  'humanresources',
  'officiel',
];
const officeWords = new Set([
  ...['coordo', 'admin', 'admins', 'direction', 'director', 'mediation', 'mediator', 'moderator', 'moderation'],
  ...['referent', 'referente', 'responsable', 'secretariat', 'support', 'official', 'drh', 'rh', 'hr', 'service'],
]);

/** What is wrong with a name as it was typed; undefined when it may be shown. */
export function problemOfName(name: string): NameProblem | undefined {
  if (unseen.test(name) || addressed.test(name)) return 'characters';
  const parts = words(name);
  if (parts.length === 0) return 'characters';
  if (parts.some((word) => scripts.filter((script) => script.test(word)).length > 1)) return 'characters';
  const squeezed = parts.join('');
  const isOffice = parts.some((word) => officeWords.has(word)) || officeStems.some((stem) => squeezed.includes(stem));
  return isOffice ? 'office' : undefined;
}
