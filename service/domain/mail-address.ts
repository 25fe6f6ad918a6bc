// What is an e-mail address here, and when two are the same. RFC 5321 before the sign, without quotes; after it a domain in any
// script (RFC 5890), which mail servers know in its ASCII form. Another script before the sign needs SMTPUTF8 on every server of
// the way (RFC 6531), which nobody can promise.

const atom = "[\\w!#$%&'*+/=?^`{|}~-]+";
const local = new RegExp(`^${atom}(?:\\.${atom})*$`);
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** What a name of a domain may be written with; anything else has a meaning of its own in an address of the web. */
const written = /^[\p{L}\p{M}\p{N}.-]+$/u;
const most = { local: 64, domain: 253, whole: 254 } as const;

export function isMailAddress(text: string): boolean {
  const [before = '', after = '', ...more] = text.split('@');
  const ascii = asciiDomain(after);
  return (
    more.length === 0 &&
    before.length <= most.local &&
    ascii.length <= most.domain &&
    text.length <= most.whole &&
    local.test(before) &&
    domain.test(ascii)
  );
}

/** "école.example" as servers know it; what is no domain stays as it is, in lower case. */
function asciiDomain(text: string): string {
  const lower = text.normalize('NFC').toLowerCase();
  const address = `http://${lower}`;
  return written.test(lower) && URL.canParse(address) ? new URL(address).hostname : lower;
}

/** One spelling of each mailbox: without outer blanks, in lower case, the domain as servers know it. */
export function spellingOf(email: string): string {
  const [before = '', after = ''] = email.trim().toLowerCase().normalize('NFC').split('@');
  return `${before}@${asciiDomain(after)}`;
}
