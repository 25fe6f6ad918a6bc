// Dynamic registration (LTI Dynamic Registration 1.0): our configuration, and the endpoint that an invited tool posts to.
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { variableNames } from './variables.ts';
import { messageTypes } from './vocabulary.ts';
import { toolsThatShare } from './pseudonyms.ts';
import type { Room } from './room.ts';
import type { Tool } from './types.ts';

const platformConfiguration = 'https://purl.imsglobal.org/spec/lti-platform-configuration';
const toolConfiguration = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

const url = z
  .url({ protocol: /^https?$/ })
  .max(2048)
  .refine(isSafe, 'must use https (http only on this machine)');
const metadataSchema = z.object({
  application_type: z.literal('web').optional(),
  client_name: z.string().min(1).max(200),
  response_types: z.array(z.string()).refine((types) => types.includes('id_token'), 'must hold id_token'),
  grant_types: z.array(z.string()).optional(),
  initiate_login_uri: url,
  redirect_uris: z.array(url).min(1).max(20),
  jwks_uri: url,
  token_endpoint_auth_method: z.literal('private_key_jwt'),
  [toolConfiguration]: z.object({
    domain: z.string().min(1).max(255),
    target_link_uri: url,
    custom_parameters: z.record(z.string(), z.string().max(1000)).optional(),
    claims: z.array(z.string()).optional(),
    messages: z.array(z.looseObject({ type: z.string() })).optional(),
  }),
});

type Metadata = z.infer<typeof metadataSchema>;

export function serveConfiguration({ issuer, options }: Room, res: Response): void {
  res.json({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    jwks_uri: `${issuer}/keys`,
    registration_endpoint: `${issuer}/register`,
    scopes_supported: ['openid'],
    response_types_supported: ['id_token'],
    response_modes_supported: ['form_post'],
    grant_types_supported: ['implicit'],
    subject_types_supported: [options.subjects === 'pseudonym' ? 'pairwise' : 'public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['iss', 'sub', 'name', 'email', 'locale'],
    [platformConfiguration]: {
      product_family_code: 'mentorat-intranet',
      version: '1',
      messages_supported: Object.values(messageTypes).map((type) => ({ type })),
      variables: variableNames,
    },
  });
}

/** The configuration must name a token endpoint; as no service is offered, it grants nothing (RFC 6749, 5.2). */
export function refuseToken(res: Response): void {
  res.status(400).json({ error: 'unsupported_grant_type', error_description: 'this platform offers no service' });
}

export async function register(room: Room, req: Request, res: Response): Promise<void> {
  const token = /^Bearer ([\w-]+)$/.exec(req.get('authorization') ?? '')?.[1];
  if (token === undefined || room.invitations.see(token) === undefined) {
    res.set('WWW-Authenticate', 'Bearer error="invalid_token"').status(401).json({ error: 'invalid_token' });
    return;
  }
  const parsed = metadataSchema.safeParse(req.body);
  const problem = parsed.success ? foreignAddress(parsed.data) : firstProblem(parsed.error);
  if (!parsed.success || problem !== undefined) {
    res.status(400).json({ error: 'invalid_client_metadata', error_description: problem });
    return;
  }
  room.invitations.take(token);
  const tool = toolFrom(room, parsed.data);
  await toolsThatShare(room);
  await room.tools.add(tool);
  res.status(201).json(answer(parsed.data, tool));
}

function toolFrom(room: Room, metadata: Metadata): Tool {
  const { claims = [], ...configuration } = metadata[toolConfiguration];
  const share = room.options.shareWithRegistered ?? {};
  return {
    clientId: randomUUID(),
    deploymentId: randomUUID(),
    title: metadata.client_name,
    loginUrl: metadata.initiate_login_uri,
    redirectUris: metadata.redirect_uris,
    targetLinkUri: configuration.target_link_uri,
    keysetUrl: metadata.jwks_uri,
    custom: configuration.custom_parameters,
    sendName: share.name === true && claims.includes('name'),
    sendEmail: share.email === true && claims.includes('email'),
  };
}

/** What was registered, which may be less than what was asked (RFC 7591, 3.2.1). */
function answer(metadata: Metadata, tool: Tool): Record<string, unknown> {
  const shared = [tool.sendName === true ? 'name' : '', tool.sendEmail === true ? 'email' : ''].filter(Boolean);
  return {
    ...metadata,
    client_id: tool.clientId,
    grant_types: ['implicit'],
    response_types: ['id_token'],
    scope: '',
    [toolConfiguration]: {
      ...metadata[toolConfiguration],
      claims: ['iss', 'sub', ...shared],
      deployment_id: tool.deploymentId,
    },
  };
}

// Every address of a tool lies in the domain it registers, so that one invitation never admits two parties.
function foreignAddress(metadata: Metadata): string | undefined {
  const { domain, target_link_uri: target } = metadata[toolConfiguration];
  const addresses = [metadata.initiate_login_uri, metadata.jwks_uri, target, ...metadata.redirect_uris];
  const isOwn = ({ host, hostname }: URL) => host === domain || hostname === domain || hostname.endsWith(`.${domain}`);
  return addresses.every((address) => isOwn(new URL(address))) ? undefined : 'an address is outside the domain';
}

function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}`;
}

function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
