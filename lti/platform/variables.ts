// `$` variables in custom parameters (LTI Core, appendix B): known ones are replaced, all others sent as they are.
import type { Person, ResourceLink, Tool } from './types.ts';

export interface VariableFacts {
  person: Person;
  tool: Tool;
  link?: ResourceLink | undefined;
  context: { id: string; title: string; label?: string | undefined };
  roles: readonly string[];
  locale: string;
  returnUrl: string;
  guid: string;
}

export function substitute(custom: Readonly<Record<string, string>>, facts: VariableFacts): Record<string, string> {
  const known = variables(facts);
  return Object.fromEntries(Object.entries(custom).map(([name, value]) => [name, known.get(value) ?? value]));
}

export const variableNames = [
  'User.id',
  'Person.name.full',
  'Person.email.primary',
  'Context.id',
  'Context.title',
  'Context.label',
  'ResourceLink.id',
  'ResourceLink.title',
  'Membership.role',
  'Message.locale',
  'Message.documentTarget',
  'Message.returnUrl',
  'ToolPlatformInstance.guid',
  'ToolPlatform.productFamilyCode',
];

// A value the tool may not see is unknown, so that switching sharing off also closes this way.
function variables(facts: VariableFacts): Map<string, string> {
  const { person, tool, link, context } = facts;
  const pairs: [string, string | undefined][] = [
    ['$User.id', person.subject],
    ['$Person.name.full', tool.sendName === true ? person.name : undefined],
    ['$Person.email.primary', tool.sendEmail === true ? person.email : undefined],
    ['$Context.id', context.id],
    ['$Context.title', context.title],
    ['$Context.label', context.label],
    ['$ResourceLink.id', link?.id],
    ['$ResourceLink.title', link?.title],
    ['$Membership.role', facts.roles.join(',')],
    ['$Message.locale', facts.locale],
    ['$Message.documentTarget', 'iframe'],
    ['$Message.returnUrl', facts.returnUrl],
    ['$ToolPlatformInstance.guid', facts.guid],
    ['$ToolPlatform.productFamilyCode', 'mentorat-intranet'],
  ];
  return new Map(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
