// Builds the claims of an id_token (LTI Core 5.3 and 5.4, Deep Linking 4.4): everything a good platform sends, no more.
import { randomBytes } from 'node:crypto';
import { withoutUndefined } from './sign.ts';
import { substitute } from './variables.ts';
import { claim, deepLinkingClaim, fullRole, messageTypes, type MessageKind } from './vocabulary.ts';
import type { Claims, Person, PlatformOptions, ResourceLink, Tool } from './types.ts';

const tokenLifeSeconds = 60;
const defaultLocale = 'fr';

export interface Message {
  kind: MessageKind;
  link?: ResourceLink | undefined;
  /** Deep linking only: comes back untouched with the answer. */
  data?: string | undefined;
}

export interface LaunchFacts {
  options: PlatformOptions;
  person: Person;
  tool: Tool;
  message: Message;
  nonce?: string | undefined;
}

export function buildClaims(facts: LaunchFacts): Claims {
  const { options, person, tool, message } = facts;
  const iat = Math.floor(options.clock.now().getTime() / 1000);
  return withoutUndefined({
    iss: options.issuer,
    aud: tool.clientId,
    sub: person.subject,
    nonce: facts.nonce ?? randomBytes(16).toString('base64url'),
    iat,
    exp: iat + tokenLifeSeconds,
    name: tool.sendName === true ? person.name : undefined,
    email: tool.sendEmail === true ? person.email : undefined,
    locale: person.locale,
    [claim('message_type')]: messageTypes[message.kind],
    [claim('version')]: '1.3.0',
    [claim('deployment_id')]: tool.deploymentId,
    [claim('target_link_uri')]: message.link?.targetLinkUri ?? tool.targetLinkUri,
    ...placeClaims(facts),
    ...messageClaims(facts),
  });
}

function placeClaims({ options, person, tool, message }: LaunchFacts): Claims {
  const place = placeOf(options);
  const roles = rolesOf(person);
  const locale = person.locale ?? defaultLocale;
  const asked = { ...tool.custom, ...message.link?.custom, ...(tool.labTenant && { lab: tool.labTenant }) };
  const facts = { ...place, person, tool, link: message.link, roles, locale };
  return {
    [claim('roles')]: roles,
    [claim('context')]: withoutUndefined({ ...place.context, type: ['Group'].map(contextType) }),
    [claim('launch_presentation')]: { locale, document_target: 'iframe', return_url: place.returnUrl },
    [claim('tool_platform')]: {
      guid: place.guid,
      name: options.name ?? place.guid,
      product_family_code: 'mentorat-intranet',
      version: '1',
    },
    [claim('custom')]: Object.keys(asked).length > 0 ? substitute(asked, facts) : undefined,
  };
}

function messageClaims({ options, person, message }: LaunchFacts): Claims {
  if (message.kind === 'deepLinking') {
    return {
      [deepLinkingClaim('deep_linking_settings')]: withoutUndefined({
        deep_link_return_url: `${options.issuer}/deep-linking/return`,
        accept_types: ['ltiResourceLink'],
        accept_presentation_document_targets: ['iframe'],
        accept_multiple: true,
        auto_create: true,
        data: message.data,
      }),
    };
  }
  if (message.kind === 'dataPrivacy') return { [claim('for_user')]: { user_id: person.subject } };
  return { [claim('resource_link')]: { id: message.link?.id, title: message.link?.title } };
}

function placeOf(options: PlatformOptions) {
  const guid = new URL(options.issuer).host;
  const context = options.context ?? { id: 'intranet', title: options.name ?? guid };
  return { guid, context, returnUrl: options.returnUrl ?? `${options.issuer}/return` };
}

/** A person without a role is a plain member of the intranet. */
function rolesOf(person: Person): string[] {
  return (person.roles ?? ['Member']).map(fullRole);
}

const contextType = (name: string): string => `http://purl.imsglobal.org/vocab/lis/v2/course#${name}`;
