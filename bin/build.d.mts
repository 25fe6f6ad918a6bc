/** out: folder in the project, made anew. rooms: folders of the root. */
export function build(out: string, rooms: readonly string[]): Promise<void>;
