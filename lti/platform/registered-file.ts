// Tools and links added while the process runs, kept in one JSON file beside those the configuration names.
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { LinkStore, ResourceLink, Tool, ToolStore } from './types.ts';

interface Registered {
  tools: Tool[];
  links: ResourceLink[];
}

/** @throws SyntaxError when the file is damaged. */
export function registeredFile(path: string, configured: Registered): { tools: ToolStore; links: LinkStore } {
  const kept = read(path);
  let written: Promise<void> = Promise.resolve();
  // One write after the other, each whole: written beside, then renamed.
  const save = () => {
    written = written
      .catch(() => undefined)
      .then(() => writeFile(`${path}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 }))
      .then(() => rename(`${path}.new`, path));
    return written;
  };
  return {
    tools: {
      list: () => Promise.resolve([...configured.tools, ...kept.tools]),
      add(tool) {
        kept.tools.push(tool);
        return save();
      },
    },
    links: {
      list: () => Promise.resolve([...configured.links, ...kept.links]),
      add(links) {
        kept.links.push(...links);
        return save();
      },
    },
  };
}

function read(path: string): Registered {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Partial<Registered> | null;
    if (!Array.isArray(kept?.tools) || !Array.isArray(kept.links)) throw new SyntaxError('neither tools nor links');
    return { tools: kept.tools, links: kept.links };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { tools: [], links: [] };
    throw error;
  }
}
