// The charter's version: its text lives in views/locales; signing is per version.

/** The version that has to be signed today. Raise it together with the text. */
export const charterVersion = '2026-11';

export interface CharterSignature {
  readonly version: string;
  readonly signedAt: Date;
}

/** Whether a signature is for the charter in force. */
export function isCurrent(signature: CharterSignature | undefined): boolean {
  return signature?.version === charterVersion;
}
