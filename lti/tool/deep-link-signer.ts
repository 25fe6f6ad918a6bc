// What signs the answer that deep linking sends back to the platform.
import type { Registration } from './ports.ts';

/** Makes the signed answer of deep linking; ltijs does, unless another is given. */
export interface DeepLinkSigner {
  sign(answer: DeepLinkAnswer): Promise<string>;
}

export interface DeepLinkAnswer {
  registration: Registration;
  deploymentId: string;
  items: Record<string, unknown>[];
  /** The opaque `data` of the request, to be returned unchanged. */
  data?: string;
  message?: string;
}
