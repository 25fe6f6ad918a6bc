/** E.g. debian, bookworm, trixie. */
export interface Suite {
  system: string;
  current: string;
  next: string;
}

/** Files for a private sources.list.d that name the next suite on the machine's own mirror. */
export declare function privateSources(suite: Suite, folder?: string): Promise<{ name: string; text: string }[]>;
