/** A failure whose message is one sentence for the person at the terminal; `cause` keeps the detail. */
export class PrepareError extends Error {
  name = 'PrepareError';
}
