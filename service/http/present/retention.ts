// What is stored and for how long: the same lines on the charter and on "my data".
import type { Sentence } from '../../../views/index.ts';
import type { Row } from './words.ts';

const kinds = [
  'identity',
  'profile',
  'ties',
  'twins',
  'message',
  'answers',
  'pairs',
  'dialogue',
  'feed',
  'case',
  'exclusion',
  'survey',
  'facts',
  'sessions',
  'trail',
  'log',
  'mail',
] as const;

export function linesFor(t: Sentence): Row[] {
  return kinds.map((kind) => ({ label: t(`retention:${kind}.what`), value: t(`retention:${kind}.how_long`) }));
}
