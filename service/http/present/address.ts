// The person's own address: which one counts, which one waits, and whether its code can still be typed.
import { codeLimits, codeUntil, hasConfirmedAddress, isCodeOver } from '../../domain/own-address.ts';
import type { MemberVisit } from '../visit.ts';
import { fieldsOf, type Filled } from './fields.ts';
import { told } from './words.ts';

/** isRefused: the letter to the address that waits came back. */
export function presentAddress(visit: MemberVisit, filled?: Filled, isRefused = false): object {
  const { member, ports, t } = visit;
  const { email, pendingEmail, addressCode } = member;
  const fields = fieldsOf(t, filled ?? { raw: {}, problems: [] });
  const isConfirmed = hasConfirmedAddress(member);
  const waits = pendingEmail !== undefined && addressCode !== undefined;
  const isOver = waits && isCodeOver(addressCode, ports.clock.now());
  return {
    state: isConfirmed ? t('address:state.confirmed', { email }) : t('address:state.none'),
    waits: waits && !isOver,
    isOver,
    refused: isRefused && waits ? t('address:refused', { email: pendingEmail }) : '',
    sent: waits ? t('address:sent', { email: pendingEmail }) : '',
    until: waits
      ? t('address:until', { date: told(visit, codeUntil(addressCode), 'day'), count: codeLimits.tries })
      : '',
    summary: waits && !isOver ? fields.summary() : undefined,
    code: fields.text('code'),
    /** Stored before addresses were confirmed. */
    toSend: pendingEmail !== undefined && !waits ? t('address:first.text', { email: pendingEmail }) : '',
    nothing: pendingEmail === undefined && !isConfirmed,
    keep: waits && isConfirmed ? t('address:keep', { email }) : '',
  };
}
