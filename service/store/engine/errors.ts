// Why the embedded engine could not be started: a closed code, and one sentence for the person at the terminal.

const SENTENCES = {
  refused_in_production:
    'The embedded database is for trials only: in production give the address of a MongoDB replica set in MONGODB_URI.',
  library_unavailable:
    'The embedded database cannot run on this system: give the address of a MongoDB server in MONGODB_URI.',
  package_missing:
    'The embedded database is not available on this system: give the address of a MongoDB server in MONGODB_URI.',
  data_directory_in_use:
    'The data directory is in use by another copy of the service: stop that copy first, or choose another directory.',
  data_directory_forbidden:
    'The data directory cannot be written by this user: allow it, or choose another in DATA_DIR.',
  data_directory_unusable:
    'The data of the embedded database are damaged or not its own: restore them from a backup, or move them away to begin anew.',
  disk_full: 'The disk of the embedded database is full: make room, and start again.',
  port_in_use: 'The port of the embedded database is taken: stop the program that uses it, or choose another port.',
  temporary_folder_unusable:
    'The folder for temporary files cannot be written: make room there, or choose another in TMPDIR.',
  ended_early: 'The embedded database ended before it was ready: start again.',
} as const;

export type EngineErrorCode = keyof typeof SENTENCES;

/** `message` is one sentence and may be shown as it is; `cause` keeps the engine's own words for the log. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;

  /** dataDir: the folder to look after, named in the sentence. */
  constructor(
    code: EngineErrorCode,
    { sentence = SENTENCES[code], dataDir, cause }: { sentence?: string; dataDir?: string; cause?: unknown } = {},
  ) {
    super(dataDir === undefined ? sentence : sentence.replace(/\.$/, ` (${dataDir}).`), { cause });
    this.code = code;
  }
}
