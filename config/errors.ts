// A setting that stops the start: one sentence that names it, to be shown as it is.

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
