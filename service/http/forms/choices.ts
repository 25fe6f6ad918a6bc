// The one choice of the choices page that carries a value.
import { z } from 'zod';
import { box } from './form.ts';

export const nudgesForm = z.strictObject({ on: box });
