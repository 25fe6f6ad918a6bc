// Links and keys that an administrator makes from the terminal.
import { DeedError, exitCodes, labOf, type Command } from './command.ts';

export const adminLink: Command = {
  name: 'admin link',
  summary: 'Makes a link to the administrators’ pages, good once and for a few minutes.',
  options: {},
  async run(context) {
    const { admin } = await context.openCore();
    const { url, expiresAt } = await admin.createLink();
    context.say(url);
    context.say(
      `Good once, until ${expiresAt.toLocaleTimeString('en-GB')}. Whoever has it looks after platforms and keys.`,
    );
    return exitCodes.done;
  },
};

export const invitePlatform: Command = {
  name: 'platform invite',
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
