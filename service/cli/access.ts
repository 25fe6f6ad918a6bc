// Links and keys that an administrator makes from the terminal.
import { administratorOf } from '../http/admin/access.ts';
import { actorOf } from '../usecases/audited.ts';
import { DeedError, exitCodes, labOf, textOf, UsageError, type Command, type Values } from './command.ts';

/** An administrator is a person: what cannot be a name is refused. */
function nameIn(values: Values): string {
  const name = textOf(values, 'name').trim();
  if (!/\p{L}.*\p{L}/u.test(name) || name.length > 100) {
    throw new UsageError('--name must be the name of the person who will administer.');
  }
  return name;
}

export const adminLink: Command = {
  name: 'admin link',
  act: 'admin_link_made',
  about: async ({ ports }, values) => ({ subject: (await actorOf(ports, administratorOf(nameIn(values)))).id }),
  summary: 'Makes a link to the administrators’ pages, good once and for a few minutes.',
  options: { name: { value: 'NAME', text: 'Who will administer: first and last name', required: true } },
  async run(context, values) {
    const name = nameIn(values);
    const { admin } = await context.openCore();
    const { url, expiresAt } = await admin.createLink({ name });
    context.say(url);
    context.say(
      `Good once, until ${expiresAt.toLocaleTimeString('en-GB')}. Whoever has it looks after platforms and keys.`,
    );
    return exitCodes.done;
  },
};

export const invitePlatform: Command = {
  name: 'platform invite',
  act: 'invite_made',
  about: ({ config }, values) => ({ object: labOf(config, values) }),
  summary: 'Makes a link by which a lab’s administrator connects their platform, by dynamic registration or by hand.',
  options: { lab: { value: 'LAB', text: 'Lab whose people will come in by it', required: true } },
  async run(context, values) {
    const { tool, config } = await context.openCore();
    const { url, expiresAt } = await tool.administration.createInvite(labOf(config, values));
    context.say(url);
    context.say(`Good once, until ${expiresAt.toISOString().slice(0, 10)}. Send it to that lab’s administrator only.`);
    return exitCodes.done;
  },
};

export const rotateKeys: Command = {
  name: 'keys rotate',
  act: 'keys_rotated',
  summary: 'Begins to sign with the key that is published ahead; the one before stays published.',
  options: {},
  async run(context) {
    const { tool } = await context.openCore();
    const { LtiError } = await import('../../lti/index.ts');
    try {
      await tool.keys.rotate();
    } catch (error) {
      if (!(error instanceof LtiError) || error.code !== 'rotation_too_soon') throw error;
      const { rotatableAt } = await tool.keys.state();
      throw new DeedError(
        `Platforms may not know the next key yet: rotate after ${rotatableAt.toISOString().slice(0, 16)}.`,
      );
    }
    const { nextRotationAt } = await tool.keys.state();
    context.say(`Done. The next rotation comes by itself on ${nextRotationAt.toISOString().slice(0, 10)}.`);
    return exitCodes.done;
  },
};
