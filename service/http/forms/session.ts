// Ending sessions: one by its handle, all others, or all.
import { z } from 'zod';
import { one } from './form.ts';
import { languageForm } from './meeting.ts';

export const ownTabForm = languageForm.pick({ back: true });

export const endSessionForm = z.strictObject({ session: z.string().regex(/^[\w-]{43}$/u) });

export const endSessionsForm = z.strictObject({ which: one(['others', 'all'], 'forms:unreadable') });
