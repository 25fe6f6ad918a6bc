import { MentoringError } from '../domain/errors.ts';
import { twinOf, viewOfTwins, type Twins, type TwinsView } from '../domain/twins.ts';
import type { Ports } from './ports.ts';

export interface TwinsLink {
  readonly memberId: string;
  /** Of the link in the letter. */
  readonly token: string;
}

/** What the link of a letter leads to, for one of the two. @throws MentoringError twins_unknown */
export async function viewTwins(ports: Ports, link: TwinsLink): Promise<TwinsView> {
  return seenBy(ports, await findByLink(ports, link), link.memberId);
}

/** As one of the two sees them now. */
export async function seenBy(
  ports: Pick<Ports, 'members' | 'clock'>,
  twins: Twins,
  memberId: string,
): Promise<TwinsView> {
  const other = await ports.members.find(twinOf(twins, memberId));
  return viewOfTwins(twins, memberId, { now: ports.clock.now(), other });
}

/** Asked for by one of the two; of anybody else's link nothing is known. @throws MentoringError twins_unknown */
export async function findByLink({ twins, hasher }: Ports, { memberId, token }: TwinsLink): Promise<Twins> {
  const found = (await twins.listOf(memberId)).find(({ id }) => hasher.twins(id) === token);
  if (!found) throw new MentoringError('twins_unknown');
  return found;
}
