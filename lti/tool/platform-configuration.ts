// What a platform says of itself in its openid-configuration (Dynamic Registration 1.0, 3.5), as far as we read it.
import { z } from 'zod';
import { issuer } from './platform-form.ts';

export const PLATFORM = 'https://purl.imsglobal.org/spec/lti-platform-configuration';

const address = z.url({ protocol: /^https?$/ }).max(2048);
export const configuration = z.object({
  issuer,
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  registration_endpoint: address,
  authorization_server: z.string().max(255).optional(),
  [PLATFORM]: z
    .object({
      product_family_code: z.string().max(255).default(''),
      messages_supported: z.array(z.object({ type: z.string() })).optional(),
    })
    .default({ product_family_code: '' }),
});
export type PlatformConfiguration = z.output<typeof configuration>;
