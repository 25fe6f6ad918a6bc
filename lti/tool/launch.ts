// From checked claims to a Launch: absent is absent ("$Person.email.primary" is what a platform sends when it does not
// know), long is cut off, and nothing a course editor may write decides anything.
import { LtiError } from './errors.ts';
import type { ParsedClaims } from './claims.ts';
import type { Keyring } from './keyring.ts';
import { mac } from './keyring.ts';
import type { Launch } from './ports.ts';
import { fullRoles, isTestUser, sayNobody } from './roles.ts';

const MOST_CUSTOM = 64;
const LANGUAGE = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$/;

export interface Place {
  keyring: Keyring;
  registrationId: string;
  tenant: string;
  target: string;
}

/**
 * Core 5.3.6.1: without `sub` the launch is anonymous, and then nothing may tell who it is.
 * @throws LtiError user_missing when there is no `sub` but names or roles are there
 */
export function isAnonymous(claims: ParsedClaims): boolean {
  if (claims.subject !== undefined) return false;
  const { name, givenName, familyName, email } = claims.names;
  const tells = [name, givenName, familyName, email].some((value) => value !== undefined);
  if (tells || !sayNobody(claims.roles)) throw new LtiError('user_missing');
  return true;
}

export function toLaunch(claims: ParsedClaims, { keyring, registrationId, tenant, target }: Place): Launch {
  const subject = claims.subject ?? '';
  const { name, givenName, familyName, email } = claims.names;
  const roles = fullRoles(claims.roles);
  return {
    registrationId,
    deploymentId: claims.deploymentId,
    tenant,
    subject,
    person: personOf(keyring, registrationId, subject),
    messageType: claims.messageType,
    target: pathOf(target),
    roles,
    testUser: isTestUser(roles),
    custom: customOf(claims.custom),
    ...optional('locale', localeOf(claims.locales)),
    ...optional('name', known(name) ?? joined(known(givenName), known(familyName))),
    ...optional('email', known(email)),
    ...optional('returnUrl', addressOf(claims.returnUrl)),
  };
}

/** Moodle's `sub` is a small number, the same in every lab: a person is (registration, sub), under our own key. */
export function personOf(keyring: Keyring, registrationId: string, subject: string): string {
  return mac(keyring.person, registrationId, subject);
}

export function localeOf(candidates: readonly unknown[]): string | undefined {
  const found = candidates.find((one) => typeof one === 'string' && LANGUAGE.test(one)) as string | undefined;
  return found?.replaceAll('_', '-');
}

/** An http(s) address, or nothing: "javascript:" and "$LaunchPresentation.returnUrl" are no way back. */
export function addressOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value)) return undefined;
  return /^https?:$/.test(new URL(value).protocol) ? value : undefined;
}

function pathOf(target: string): string {
  const url = new URL(target);
  return url.pathname + url.search;
}

function known(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text.startsWith('$') || text.length > 255 ? undefined : text;
}

function joined(given: string | undefined, family: string | undefined): string | undefined {
  return given === undefined || family === undefined ? (given ?? family) : `${given} ${family}`;
}

function customOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const known = Object.entries(value as Record<string, unknown>).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !entry[1].startsWith('$') && entry[0].length <= 255 && entry[1].length <= 1024,
  );
  return Object.fromEntries(known.slice(0, MOST_CUSTOM));
}

function optional<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<K, string>>);
}
