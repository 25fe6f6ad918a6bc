// Refusals of the LTI tool as sentences of the command line.
import { DeedError, UsageError } from './command.ts';

/** @throws DeedError or UsageError instead of an LtiError */
export async function inSentences<T>(deed: () => Promise<T>): Promise<T> {
  try {
    return await deed();
  } catch (error) {
    const { LtiError } = await import('../../lti/index.ts');
    if (!(error instanceof LtiError)) throw error;
    switch (error.code) {
      case 'registration_exists':
        throw new DeedError('A platform with this issuer and client id is connected already: see "platform list".');
      case 'registration_not_found':
        throw new DeedError('No platform has this id, or it is not in that state: see "platform list".');
      case 'registration_invalid':
        throw new UsageError(
          `Not valid: ${optionsIn(error.detail)}; addresses begin with https://, or http:// on this machine.`,
        );
      default:
        throw new DeedError(`The platform was refused (${error.code}).`);
    }
  }
}

/** Field names of the form as the options that carry them. */
function optionsIn(detail = ''): string {
  return detail
    .split(', ')
    .map((field) => `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
    .join(', ');
}
