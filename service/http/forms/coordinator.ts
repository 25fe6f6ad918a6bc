// An invitation to coordinate, pasted as the whole link or as its code.
import { z } from 'zod';
import { linkCode } from './form.ts';

export const invitationForm = z.strictObject({ invitation: linkCode('forms:invitation') });
