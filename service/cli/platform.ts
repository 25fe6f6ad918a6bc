// Connecting a lab's platform by hand: the same deeds as on the administrator's pages.
import { exitCodes, labOf, textOf, UsageError, type Command, type Values } from './command.ts';
import { inSentences } from './lti-sentences.ts';
import { table } from './table.ts';

export const addPlatform: Command = {
  name: 'platform add',
  act: 'platform_added',
  about: ({ config }, values) => (values['lab'] === undefined ? {} : { object: labOf(config, values) }),
  summary: 'Connects a platform: copy these values from its page on external tools.',
  options: {
    name: { value: 'TEXT', text: 'Name shown to administrators', required: true },
    issuer: { value: 'URL', text: 'Platform id, or issuer', required: true },
    'client-id': { value: 'TEXT', text: 'Client id that the platform gave', required: true },
    'authorization-url': { value: 'URL', text: 'Authentication request URL', required: true },
    'token-url': { value: 'URL', text: 'Access token URL', required: true },
    'keyset-url': { value: 'URL', text: 'Public keyset URL', required: true },
    'frame-origins': { value: 'URLS', text: 'Other sites that may frame the tool, with commas (Canvas, Blackboard)' },
    lab: { value: 'LAB', text: 'Lab of the deployment; with --deployment' },
    deployment: { value: 'ID', text: 'Deployment to approve at once; with --lab' },
  },
  async run(context, values) {
    if ((values['lab'] === undefined) !== (values['deployment'] === undefined)) {
      throw new UsageError('--lab and --deployment go together.');
    }
    const { tool, config } = await context.openCore();
    const approved =
      values['lab'] === undefined ? {} : { tenant: labOf(config, values), deploymentId: textOf(values, 'deployment') };
    const registration = await inSentences(() => tool.administration.addPlatform({ ...formOf(values), ...approved }));
    const { loginUrl, redirectUrl, keysetUrl, toolUrl } = tool.administration.urlSheet();
    context.say(`The platform ${registration.name} is connected; its id here is ${registration.id}.`);
    context.say('Give these to the platform:');
    for (const row of [
      ['Tool URL', toolUrl],
      ['Login URL', loginUrl],
      ['Redirect URL', redirectUrl],
      ['Key set URL', keysetUrl],
    ]) {
      context.say(`  ${(row[0] ?? '').padEnd(13)}${row[1] ?? ''}`);
    }
    if (values['lab'] === undefined)
      context.say('A deployment appears at its first launch: approve it with "deployment approve".');
    return exitCodes.done;
  },
};

function formOf(values: Values) {
  return {
    name: textOf(values, 'name'),
    issuer: textOf(values, 'issuer'),
    clientId: textOf(values, 'client-id'),
    authorizationUrl: textOf(values, 'authorization-url'),
    tokenUrl: textOf(values, 'token-url'),
    keysetUrl: textOf(values, 'keyset-url'),
    frameOrigins: listOf(values['frame-origins']),
  };
}

function listOf(value: Values[string]): string[] {
  return typeof value === 'string' ? value.split(',').map((one) => one.trim()) : [];
}

export const listPlatforms: Command = {
  name: 'platform list',
  act: 'reads',
  summary: 'Lists the platforms with their deployments and what is wrong with them.',
  options: {},
  async run(context) {
    const { tool } = await context.openCore();
    const platforms = await tool.administration.listPlatforms();
    if (platforms.length === 0) {
      context.say('No platform is connected: see "platform add --help".');
      return exitCodes.done;
    }
    const rows = platforms.map(({ registration, state, problems }) => [
      registration.id,
      registration.name,
      state,
      registration.deployments
        .map(({ id, status, tenant }) => `${id} (${status === 'approved' ? (tenant ?? '') : 'waits'})`)
        .join(', '),
      registration.lastLaunchAt?.toISOString().slice(0, 16) ?? 'never',
      problems.join(', '),
    ]);
    for (const line of table(['id', 'name', 'state', 'deployments', 'last launch', 'remarks'], rows)) context.say(line);
    return exitCodes.done;
  },
};

export const approveDeployment: Command = {
  name: 'deployment approve',
  act: 'deployment_approved',
  about: async ({ tool }, values) => {
    const all = await tool.administration.listPlatforms();
    const known = all.find(({ registration }) => registration.id === values['platform']);
    return known ? { object: known.registration.id } : {};
  },
  summary: 'Gives a deployment of a platform to a lab: from then on its people come in.',
  options: {
    platform: { value: 'ID', text: 'Id of the platform, as "platform list" shows it', required: true },
    deployment: { value: 'ID', text: "The platform's deployment id", required: true },
    lab: { value: 'LAB', text: 'Lab whose people come in by it', required: true },
  },
  async run(context, values) {
    const { tool, config } = await context.openCore();
    const lab = labOf(config, values);
    const deployment = textOf(values, 'deployment');
    await inSentences(() => tool.administration.approveDeployment(textOf(values, 'platform'), deployment, lab));
    context.say(`Deployment ${deployment} belongs to ${lab} now.`);
    return exitCodes.done;
  },
};
