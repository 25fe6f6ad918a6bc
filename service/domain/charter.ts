// The charter's version: its text lives in views/locales; signing is per version.

/** The version that has to be signed today. Raise it together with the text. */
export const charterVersion = '2026-12-01';

export interface CharterSignature {
  readonly version: string;
  readonly signedAt: Date;
  /** When the person was first asked to sign the version that replaced this one. */
  readonly askedAt?: Date;
  /** Participation was paused because nobody signed: signing ends the pause. */
  readonly pausedAt?: Date;
}

/** Whether a signature is for the charter in force. */
export function isCurrent(signature: CharterSignature | undefined): boolean {
  return signature?.version === charterVersion;
}
