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
const unseen = /[\p{C}\p{Zl}\p{Zp}]|\p{M}{6,}/u;
/** Joiners that Persian, Sinhala and others need inside a word. */
const joiners = /(?<=[\p{L}\p{M}])[\u200C\u200D](?=\p{L})/gu;
const joining = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Sinhala}\p{Script=Malayalam}]/u;
const addressed = /[@<>]|:\/\/|www\./iu;
const scripts = [
  ...[/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u],
  ...[/\p{Script=Armenian}/u, /\p{Script=Cherokee}/u, /\p{Script=Coptic}/u],
];

/** Letters and digits that are read as others, where a word of office is looked for. */
const readAs = new Map<string, string>([
  ...([
    ['ı', 'i'],
    ['ø', 'o'],
    ['ł', 'l'],
    ['đ', 'd'],
    ['æ', 'ae'],
    ['œ', 'oe'],
  ] as const),
  ...([
    ['0', 'o'],
    ['1', 'i'],
    ['3', 'e'],
    ['4', 'a'],
    ['5', 's'],
  ] as const),
]);

/** Words of office, by their beginnings. */
const officeStems = [
  ...['coordinat', 'coordonnat', 'administrat', 'directeur', 'directrice', 'mediateur', 'moderateur', 'moderatrice'],
  ...['mentorat', 'programme', 'officiel'],
];
const officeWords = new Set([
  ...['coordo', 'admin', 'admins', 'direction', 'directora', 'mediation', 'mediator', 'moderator', 'moderation'],
  ...['referent', 'referente', 'responsable', 'secretariat', 'support', 'official', 'drh'],
]);

function isOffice(word: string): boolean {
  const read = word.replace(/./gu, (letter) => readAs.get(letter) ?? letter);
  return officeWords.has(read) || officeStems.some((stem) => read.startsWith(stem));
}

/** What is wrong with a name as it was typed; undefined when it may be shown. */
export function problemOfName(name: string): NameProblem | undefined {
  const text = joining.test(name) ? name.replace(joiners, '') : name;
  if (unseen.test(text) || addressed.test(text)) return 'characters';
  const parts = words(text);
  if (parts.length === 0) return 'characters';
  if (parts.some((word) => scripts.filter((script) => script.test(word)).length > 1)) return 'characters';
  // Also spelt letter by letter: a name has fewer parts of one or two letters.
  const spelt = parts.filter((part) => part.length <= 2).length > 3 ? [parts.join('')] : [];
  return [...parts, ...spelt].some(isOffice) ? 'office' : undefined;
}
