// Where an error came from, as files of this project (or of its packages) with a line and a column. A stack is text that
// begins with the error's message and may be replaced by anybody, so no word of it is shown: a line counts only if it names
// a file that exists, and only that file's own path and two numbers are kept. A forged line can at most name a wrong place.
import { existsSync, realpathSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');
const mostPlaces = 12;
/** A stack is a few kilobytes; its message may be a whole document of the database. */
const longestStack = 65_536;
const line = /^ {4}at (?:[^\n]* \()?(\/[^\n]*|file:\/\/\/[^\n]*|node:[\w/]+):(\d{1,6}):(\d{1,6})\)?$/;
const builtin = new Set(builtinModules);

/** "service/http/serve.ts:97:20", innermost first. */
export function placesOf(stack: string, message: string): string[] {
  const end = message === '' ? -1 : stack.indexOf(message);
  const frames = stack.slice(end === -1 ? 0 : end + message.length).slice(0, longestStack);
  const places: string[] = [];
  for (const text of frames.split('\n')) {
    const [, file = '', row = '', column = ''] = line.exec(text) ?? [];
    const known = file === '' ? undefined : fileOf(file);
    if (known !== undefined) places.push(`${known}:${Number(row)}:${Number(column)}`);
    if (places.length === mostPlaces) break;
  }
  return places;
}

const remembered = new Map<string, string | undefined>();

function fileOf(given: string): string | undefined {
  if (given.startsWith('node:')) return builtinOf(given.slice('node:'.length));
  if (!remembered.has(given)) {
    // Forged paths must not fill the memory.
    if (remembered.size >= 1000) remembered.clear();
    remembered.set(given, existing(given));
  }
  return remembered.get(given);
}

/** Which part of Node.js's own inside it was is of no use, and is no closed list. */
function builtinOf(name: string): string | undefined {
  if (builtin.has(name)) return `node:${name}`;
  return name.startsWith('internal/') ? 'node:internal' : undefined;
}

const sourceFile = /\.[cm]?[jt]s$/;

function existing(given: string): string | undefined {
  try {
    const file = path.resolve(given.startsWith('file:') ? fileURLToPath(given.replace(/[?#].*$/, '')) : given);
    if (!sourceFile.test(file)) return undefined;
    const shown = shownAs(file);
    return shown !== undefined && existsSync(file) ? shown : undefined;
  } catch {
    return undefined;
  }
}

function shownAs(file: string): string | undefined {
  const [, installed] = file.split(/(?=\/node_modules\/)/, 2);
  if (file.startsWith(root + path.sep)) return path.relative(root, file);
  // Packages may live elsewhere than the project, behind a link.
  return installed !== undefined && isOurs(installed.slice(1), file) ? installed.slice(1) : undefined;
}

function isOurs(relative: string, file: string): boolean {
  return realpathSync(path.join(root, relative)) === realpathSync(file);
}
