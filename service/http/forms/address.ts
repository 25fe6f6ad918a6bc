// The code of a letter, as somebody copies it.
import { z } from 'zod';
import { normaliseCode } from '../../domain/own-address.ts';

export const codeForm = z.strictObject({
  code: z
    .string('forms:code')
    .max(100, 'forms:code')
    .refine((typed) => normaliseCode(typed).length === 8, 'forms:code'),
});
