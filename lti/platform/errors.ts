// Every refusal of the platform module that is shown to a person as a page; OIDC refusals travel to the tool instead.

const statuses = {
  malformed_request: 400,
  unknown_client: 400,
  unknown_redirect_uri: 400,
  deep_linking_refused: 400,
  not_signed_in: 401,
  sign_in_failed: 401,
  not_allowed: 403,
  unknown_link: 404,
} as const;

export type PlatformErrorCode = keyof typeof statuses;

export class PlatformError extends Error {
  readonly code: PlatformErrorCode;

  constructor(code: PlatformErrorCode) {
    super(code);
    this.name = 'PlatformError';
    this.code = code;
  }

  get status(): number {
    return statuses[this.code];
  }
}

export const platformErrorCodes = Object.keys(statuses) as readonly PlatformErrorCode[];
