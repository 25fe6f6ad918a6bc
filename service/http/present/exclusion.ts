// The form by which a coordinator asks for an exclusion, at the end of a case's page.
import { exclusionReasons } from '../../domain/exclusion.ts';
import { meantBy } from '../forms/exclusion.ts';
import type { Visit } from '../visit.ts';
import { fieldsOf, type Filled } from './fields.ts';

export function exclusionFields({ t }: Pick<Visit, 't'>, filled: Filled = { raw: {}, problems: [] }) {
  const fields = fieldsOf(t, filled);
  return {
    /** What was not understood must not be folded away. */
    isOpen: filled.problems.length > 0,
    whom: fields.choices('whom', meantBy, (code) => t(`case:exclusion.whom_is.${code}`)),
    email: fields.text('email'),
    reason: fields.choices('reason', exclusionReasons, (code) => t(`exclusion:reason.${code}`)),
    summary: fields.summary(),
  };
}
