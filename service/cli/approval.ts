// Platforms that an invited holder connected, or that resemble another: looked at, let in or sent away.
import type { PlatformReview } from '../../lti/index.ts';
import type { Core } from '../wiring.ts';
import { exitCodes, textOf, type Command, type Values } from './command.ts';
import { inSentences } from './lti-sentences.ts';
import { table } from './table.ts';

const platform = { value: 'ID', text: 'Id of the platform, as "platform list" shows it', required: true } as const;

export const showPlatform: Command = {
  name: 'platform show',
  act: 'reads',
  summary: 'Shows what a platform says of itself, its hosts and keys, and which other platform it resembles.',
  options: { platform },
  async run(context, values) {
    const { tool, config } = await context.openCore();
    const review = await inSentences(() => tool.administration.reviewPlatform(textOf(values, 'platform')));
    const issuers = config.programme.coordinators.map(({ issuer }) => issuer);
    for (const line of [...facts(review), ...keys(review), ...likenesses(review, issuers)]) context.say(line);
    return exitCodes.done;
  },
};

export const approvePlatform: Command = {
  name: 'platform approve',
  act: 'platform_approved',
  about: waitingPlatform,
  summary: 'Lets in a platform that waits, for the lab of its invitation; look at it with "platform show" first.',
  options: {
    platform,
    'private-addresses': { text: 'Its key set may be asked for inside the network of this service' },
  },
  async run(context, values) {
    const { tool } = await context.openCore();
    const id = textOf(values, 'platform');
    const privateAddresses = values['private-addresses'] === true;
    await inSentences(() => tool.administration.approvePlatform(id, { privateAddresses }));
    context.say('The platform is approved: people of its lab come in.');
    return exitCodes.done;
  },
};

export const rejectPlatform: Command = {
  name: 'platform reject',
  act: 'platform_rejected',
  about: waitingPlatform,
  summary: 'Forgets a platform that waits; its lab needs another invitation to try again.',
  options: { platform },
  async run(context, values) {
    const { tool } = await context.openCore();
    await inSentences(() => tool.administration.rejectPlatform(textOf(values, 'platform')));
    context.say('The platform is forgotten.');
    return exitCodes.done;
  },
};

/** For the trace: only an id that there is, never what was typed. */
async function waitingPlatform({ tool }: Core, values: Values): Promise<{ object?: string }> {
  const all = await tool.administration.listPlatforms();
  const known = all.find(({ registration }) => registration.id === values['platform']);
  return known === undefined ? {} : { object: known.registration.id };
}

function facts({ registration, tenant, addresses }: PlatformReview): string[] {
  const { name, clientId, source, awaitsApproval, deployments } = registration;
  const rows = addresses.map(({ of, host, url }) => [of, host, url]);
  return [
    `${name}, for the lab ${tenant ?? 'of nobody yet'}; given by: ${source}; ${awaitsApproval === true ? 'waits for approval' : 'let in'}.`,
    `Client id ${clientId}; deployments: ${deployments.map(({ id }) => id).join(', ') || 'none'}.`,
    ...table(['address', 'host', 'url'], rows),
  ];
}

function keys({ keys: found }: PlatformReview): string[] {
  if ('problem' in found) return [`Its key set could not be read: ${found.problem}.`];
  return table(
    ['key', 'thumbprint (RFC 7638)'],
    found.map(({ kid, thumbprint }) => [kid, thumbprint]),
  );
}

function likenesses({ registration, collisions }: PlatformReview, coordinatorIssuers: string[]): string[] {
  const named = coordinatorIssuers.includes(registration.issuer)
    ? ['The configuration names coordinators under this issuer.']
    : [];
  const others = collisions.map(
    ({ likeness, registration: other, hosts }) =>
      `Same ${likeness.replace('_', ' ')} as ${other.name} (${other.id}): ${hosts.join(', ')}.`,
  );
  const all = [...named, ...others];
  return all.length > 0 ? all : ['It resembles no other platform.'];
}
