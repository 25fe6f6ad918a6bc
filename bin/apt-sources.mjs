// Reads the machine's own apt sources, one-line and deb822 alike, and rewrites the distribution's own entries
// for its next suite. The mirror's address is only ever copied from the machine, never written down here.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const APT = '/etc/apt';
const MOVING_NAMES = ['stable', 'oldstable', 'oldoldstable'];

/**
 * @param {{ system: string, current: string, next: string }} suite e.g. debian, bookworm, trixie
 * @param {string} folder apt's configuration
 * @returns {Promise<{ name: string, text: string }[]>} files for a private sources.list.d
 */
export async function privateSources(suite, folder = APT) {
  const parts = path.join(folder, 'sources.list.d');
  const names = (await readdir(parts).catch(() => [])).sort();
  const read = (file) => readFile(file, 'utf8').catch(() => '');
  const listFiles = [
    path.join(folder, 'sources.list'),
    ...names.filter(endsIn('.list')).map((n) => path.join(parts, n)),
  ];
  const stanzaFiles = names.filter(endsIn('.sources')).map((n) => path.join(parts, n));

  const lines = (await Promise.all(listFiles.map(read))).flatMap((text) => fromLines(text, suite));
  const stanzas = (await Promise.all(stanzaFiles.map(read))).flatMap((text) => fromStanzas(text, suite));
  if (lines.length + stanzas.length === 0) throw new Error(`apt has no source for ${suite.system} ${suite.current}`);
  return [
    { name: 'private.list', text: unique(lines).join('\n') + '\n' },
    { name: 'private.sources', text: unique(stanzas).join('\n\n') + '\n' },
  ];
}

/** One-line entries: `deb [options] address suite component...`. */
export function fromLines(text, suite) {
  return text.split('\n').flatMap((line) => {
    const [, options = '', address, name, components] =
      line.match(/^\s*deb\s+(\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+([^#]*)/) ?? [];
    const signedBy = options.match(/signed-by=([^\s\]]+)/i)?.[1];
    const entry = { suites: [name], components: words(components), signedBy };
    return isOwn(entry, suite) ? [`deb ${options}${address} ${suite.next} main`] : [];
  });
}

/** deb822 stanzas: `Field: value` with continuation lines, separated by empty lines. */
export function fromStanzas(text, suite) {
  const uncommented = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
  return uncommented.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = parseFields(stanza);
    const entry = {
      suites: words(fields.get('suites')),
      components: words(fields.get('components')),
      signedBy: fields.get('signed-by'),
    };
    const isOff = !words(fields.get('types')).includes('deb') || /^(no|false|0)$/i.test(fields.get('enabled') ?? '');
    if (isOff || !isOwn(entry, suite)) return [];
    fields.set('types', 'deb').set('suites', suite.next).set('components', 'main');
    return [[...fields].map(([name, value]) => `${name}: ${value}`).join('\n')];
  });
}

/** The distribution's own archive: its suite, its main component, and no key but its own. */
function isOwn({ suites, components, signedBy }, { system, current }) {
  const isSuite = (name) => name === current || (system === 'debian' && MOVING_NAMES.includes(name));
  const isOwnKey = signedBy === undefined || signedBy.includes(`${system}-archive`);
  return suites.some(isSuite) && components.includes('main') && isOwnKey;
}

function parseFields(stanza) {
  const fields = new Map();
  let last;
  for (const line of stanza.split('\n').filter((text) => text.trim() !== '')) {
    if (/^\s/.test(line) && last !== undefined) {
      fields.set(last, `${fields.get(last)}\n${line}`);
      continue;
    }
    const colon = line.indexOf(':');
    last = line.slice(0, colon).trim().toLowerCase();
    fields.set(last, line.slice(colon + 1).trim());
  }
  return fields;
}

const endsIn = (ending) => (name) => name.endsWith(ending);
const words = (text = '') => text.split(/\s+/).filter(Boolean);
const unique = (items) => [...new Set(items)];
