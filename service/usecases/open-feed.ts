import { takingPart } from '../domain/member.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Ports } from './ports.ts';

/**
 * Switches the personal calendar feed on, or gives it a new address: the old one ends at once. The secret is told this
 * once; only its hash is kept.
 */
export async function openFeed(ports: Ports, { memberId }: { memberId: string }): Promise<string> {
  const token = ports.secrets.make();
  const feedHash = ports.secrets.hash(token);
  if (!(await ports.members.change(memberId, takingPart, { feedHash }))) {
    throw new MentoringError('not_found');
  }
  return token;
}
