import type { Locale } from '../domain/terms.ts';
import type { Ports } from './ports.ts';

/** Mails follow the language that a member chose on a page. */
export async function chooseLanguage(
  ports: Ports,
  { memberId, locale }: { memberId: string; locale: Locale },
): Promise<void> {
  await ports.members.change(memberId, ['draft', 'active', 'paused', 'excluded'], { locale });
}
