/** Runs `deed` while no other process holds the lock `file`; one that waits says for whom. */
export declare function withLock(
  deed: () => Promise<void>,
  say: (sentence: string) => void,
  file?: string,
): Promise<void>;
