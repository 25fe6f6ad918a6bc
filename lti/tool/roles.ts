// Roles by full URI. They decide what a newcomer is shown first, never what anyone may do.

const MEMBERSHIP = 'http://purl.imsglobal.org/vocab/lis/v2/membership#';
const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
const ANONYMOUS = new Set(['None', 'Guest', 'Anonymous']);
const SHORT_NAME = /^[A-Za-z]{1,64}$/;

/** Short names are allowed for the membership vocabulary only (LTI Core 1.3, A.2.3.1): "Learner" never means an institution role. */
export function fullRoles(roles: readonly string[]): string[] {
  return roles.map((role) => (SHORT_NAME.test(role) ? MEMBERSHIP + role : role));
}

/** True for the context role itself and its sub-roles (".../membership/Instructor#TeachingAssistant"). */
export function hasMembershipRole(roles: readonly string[], name: string): boolean {
  const subRole = `${MEMBERSHIP.slice(0, -1)}/${name}#`;
  return roles.some((role) => role === MEMBERSHIP + name || role.startsWith(subRole));
}

export function isTestUser(roles: readonly string[]): boolean {
  return roles.includes(TEST_USER);
}

/** Roles that say nobody in particular: none at all, or only "None", "Guest", "Anonymous" of any vocabulary. */
export function sayNobody(roles: readonly string[]): boolean {
  return roles.every((role) => ANONYMOUS.has(role.slice(role.indexOf('#') + 1)));
}
