// Whose fault a mail server's refusal is: of this mailbox, of the moment, or ours. Read from the enhanced status code (RFC 3463
// and the registry "SMTP Enhanced Status Codes") where there is one, else from the stage at which it was said.

/** What a server said to one of our commands. */
export interface SmtpAnswer {
  readonly stage: 'sender' | 'recipient' | 'data';
  /** RFC 5321 reply code. */
  readonly code: number;
  /** As it was said, reply code and all. */
  readonly text: string;
}

/**
 * mailbox: this address is dead or somebody else's. later: it may be right another time. ours: sender, relay, routing, protocol,
 * content or policy. unclear: a final no to this recipient without a reason.
 */
export type Verdict = 'mailbox' | 'later' | 'ours' | 'unclear';

/** Servers put a sign before it or after it, against RFC 2034. */
const enhanced = /^\d{3}[ -]\W{0,2}([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)/u;

/** Permanent faults of the mailbox: bad mailbox or system, its syntax, moved, no mail at all; disabled; another owner. */
const ofMailbox = new Set(['1.1', '1.2', '1.3', '1.4', '1.6', '1.10', '2.0', '2.1', '2.4', '7.17', '7.18']);
/** A full mailbox may be emptied. */
const ofMoment = new Set(['2.2']);
/** Replies to RCPT that speak of the mailbox (RFC 5321, 4.2.3): unavailable, not local, name not allowed. */
const mailboxReplies = [550, 551, 553];

export function verdictOf({ stage, code, text }: SmtpAnswer): Verdict {
  if (code < 500) return 'later';
  const [, kind, subject = '', detail = ''] = enhanced.exec(text) ?? [];
  const status = `${subject}.${detail}`;
  if (kind === undefined || status === '0.0' || status === '1.0') return byStage(stage, code);
  if (kind === '4' || ofMoment.has(status)) return 'later';
  return stage !== 'sender' && ofMailbox.has(status) ? 'mailbox' : 'ours';
}

function byStage(stage: SmtpAnswer['stage'], code: number): Verdict {
  if (stage !== 'recipient') return 'ours';
  if (code === 552) return 'later';
  return mailboxReplies.includes(code) ? 'unclear' : 'ours';
}

const longest = 300;

/** The server's words for an alarm, without anything that could be an address, or a part of this recipient's. */
export function withoutAddresses(text: string, to: { readonly name: string; readonly address: string }): string {
  const parts = [...to.address.split(/[@.+_-]/u), ...to.name.split(/\s+/u)].filter((part) => part.length > 2);
  const isOf = (word: string): boolean => parts.some((part) => word.toLowerCase().includes(part.toLowerCase()));
  const words = text.replace(/[^\x20-\x7E]+/gu, ' ').split(' ');
  return words
    .filter((word) => word !== '')
    .map((word) => (/[@<>=]/u.test(word) || isOf(word) ? '…' : word))
    .join(' ')
    .slice(0, longest);
}
