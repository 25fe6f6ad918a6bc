/** Whether this process runs on a glibc too old for the embedded engine. */
export declare function needsPrivateLibrary(): boolean;

/**
 * The command that starts Node for the engine, to be followed by the script and its arguments; fetches the private
 * C library when it is needed and missing.
 * @throws PrepareError where the library cannot be had
 */
export declare function engineCommand(
  onProgress?: (sentence: string) => void,
): Promise<{ command: string; args: string[] }>;

/** @throws PrepareError */
export declare function ensurePrivateLibrary(onProgress?: (sentence: string) => void): Promise<void>;
