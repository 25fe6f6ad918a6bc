// What the demonstration's own pages say. The programme's sentences are in views/locales.
import { en } from './texts-en.ts';
import { fr, type DemoTexts } from './texts-fr.ts';

export type { DemoTexts } from './texts-fr.ts';

export type DemoLanguage = 'fr' | 'en';

export function textsIn(language: DemoLanguage): DemoTexts {
  return language === 'en' ? en : fr;
}
