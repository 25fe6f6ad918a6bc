// The code of a letter, as somebody copies it.
import { z } from 'zod';
import { isWholeCode } from '../../domain/own-address.ts';

export const codeForm = z.strictObject({
  code: z.string('forms:code').max(100, 'forms:code').refine(isWholeCode, 'forms:code'),
});
