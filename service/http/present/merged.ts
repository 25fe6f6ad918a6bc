// A form that keeps what others saved: refused only where both changed the same, with both texts in sight.
import type { Raw } from '../forms/form.ts';
import type { Filled } from './fields.ts';
import type { Row } from './words.ts';

export interface MergedForm extends Filled {
  /** What the form was shown with; left out, what is stored. */
  readonly base?: Raw;
  /** What is stored of the parts that were changed on both sides. */
  readonly overtaken?: readonly Row[];
}
