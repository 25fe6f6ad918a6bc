import { MentoringError } from '../domain/errors.ts';
import { takingPart } from '../domain/member.ts';
import { hasConfirmedAddress } from '../domain/own-address.ts';
import { checkTies, tiesOfBoth } from '../domain/tie.ts';
import { twinOf, twinsSteps, type Twins, type TwinsAnswer, type TwinsView } from '../domain/twins.ts';
import { joinTwins } from './join-twins.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';
import { findByLink, seenBy, type TwinsLink } from './view-twins.ts';

/**
 * What one of two records' person says to the letter: that this one may end, or goes on while the other ends; that both stay.
 * Repeated, it is answered as the first time.
 * @throws MentoringError twins_unknown; twins_over: the other side said something else, or has gone, or the link is too old;
 * profile_incomplete, address_unconfirmed: what goes on has to be described, and reached, first; ties_full, addresses_full: what both declared is more than one
 * record holds
 */
export async function answerTwins(
  ports: Ports,
  { answer, ...link }: TwinsLink & { readonly answer: TwinsAnswer },
): Promise<TwinsView> {
  const { memberId } = link;
  const twins = await findByLink(ports, link);
  const { from, status, becomes, to } = twinsSteps[answer];
  const view = await seenBy(ports, twins, memberId);
  if (view === to) return view;
  if (view === 'joining' && answer === 'go_on') return carryOut(ports, twins);
  if (!from.includes(view)) throw new MentoringError('twins_over');
  if (answer === 'go_on') await checkJoined(ports, twins, memberId);
  const expected = { from: status, ...(twins.endingId !== undefined && { endingId: twins.endingId }) };
  const said = await ports.twins.change(twins.id, expected, becomes(memberId, ports.clock.now()));
  // The same form, or the other side, was faster.
  if (!said) return answerTwins(ports, { answer, ...link });
  return said.status === 'joined' ? carryOut(ports, said) : to;
}

async function carryOut(ports: Ports, twins: Twins): Promise<TwinsView> {
  if (!(await joinTwins(ports, twins))) throw new MentoringError('twins_over');
  return 'joined';
}

/** Before anything ends that could not be kept. */
async function checkJoined(ports: Ports, twins: Twins, memberId: string): Promise<void> {
  const [kept, ending] = await Promise.all([getMember(ports, memberId), getMember(ports, twinOf(twins, memberId))]);
  if (kept.status === 'draft') throw new MentoringError('profile_incomplete');
  // Where the letter goes that says so.
  if (!hasConfirmedAddress(kept)) throw new MentoringError('address_unconfirmed');
  if (![kept, ending].every(({ status }) => takingPart.includes(status))) throw new MentoringError('twins_over');
  checkTies(tiesOfBoth(kept.ties, ending.ties));
}
