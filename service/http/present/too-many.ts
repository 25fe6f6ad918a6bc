// What a page says to whoever did something too often: how long to wait, and what they typed, to be sent again.
import type { Sentence } from '../../../views/index.ts';

/** In the largest unit that tells it, rounded up: nobody who waits as long as it says comes too early. */
export function waitOf(t: Sentence, seconds: number): string {
  if (seconds < 60) return t('too-many:wait.seconds', { count: seconds });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return t('too-many:wait.minutes', { count: minutes });
  return t('too-many:wait.hours', { count: Math.ceil(minutes / 60) });
}

interface Sent {
  readonly method: string;
  readonly originalUrl: string;
  readonly body?: unknown;
}

interface Kept {
  /** Path on our own site. */
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** A form as it was sent, but for its token, which the page gives anew; undefined for what was no form. */
export function fieldsToKeep({ method, originalUrl, body }: Sent): Kept | undefined {
  if (method !== 'POST' || typeof body !== 'object' || body === null) return undefined;
  const fields = Object.entries(body)
    .filter(([name]) => name !== '_csrf')
    .flatMap(([name, value]: [string, unknown]) =>
      [value].flat().flatMap((one) => (typeof one === 'string' ? [{ name, value: one }] : [])),
    );
  const [action = '/'] = originalUrl.split('?');
  // "//elsewhere" would be another site.
  return { action: `/${action.replace(/^[/\\]+/u, '')}`, fields };
}
