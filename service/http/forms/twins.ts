// The letter about two registrations: its link, and what somebody says to it. Without an answer the link was only pasted.
import { z } from 'zod';
import { twinsAnswers } from '../../domain/twins.ts';
import { linkCode, maybeOne } from './form.ts';

export const twinsForm = z.strictObject({ link: linkCode('forms:twins'), answer: maybeOne(twinsAnswers) });
