// A configuration that cannot be served: one sentence that names the setting, to be shown as it is.

export class ConfigError extends Error {}
