// The table of rooms made executable: who may import whom, no cycles, and the budgets that the linter does not hold.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Each room: what it may import beside its own files. A package by its name, a room by its folder, one file by its path.
 * The most exact folder counts: service/demo/main.ts belongs to service/demo, not to service.
 */
const rooms: Record<string, { rooms: string[]; packages: string[] }> = {
  'config/': { rooms: ['service/domain/'], packages: ['zod'] },
  'lti/log/': { rooms: [], packages: [] },
  'lti/': { rooms: ['lti/log/index.ts'], packages: ['express', 'jose', 'zod', 'ltijs'] },
  'lti/platform/': { rooms: ['lti/log/index.ts', 'lti/strict-routes.ts'], packages: ['express', 'jose', 'zod'] },
  'service/domain/': { rooms: [], packages: [] },
  'service/usecases/': { rooms: ['service/domain/'], packages: [] },
  'service/store/': {
    rooms: [
      'service/domain/',
      'service/usecases/ports.ts',
      'service/mail/ports.ts',
      'service/store/migrations/',
      'lti/index.ts',
      'lti/log/index.ts',
      'bin/',
    ],
    packages: ['mongoose', 'mongodb', 'rate-limiter-flexible'],
  },
  'service/store/migrations/': {
    rooms: ['service/domain/', 'service/store/', 'lti/index.ts', 'lti/log/index.ts'],
    packages: ['mongoose', 'umzug'],
  },
  'service/http/': {
    rooms: ['service/domain/', 'service/usecases/', 'lti/index.ts', 'lti/log/index.ts', 'views/'],
    packages: ['express', 'zod', 'helmet', 'pino', 'pino-http', 'i18next', 'd3-array', 'd3-scale'],
  },
  'service/jobs/': {
    rooms: ['service/domain/', 'service/usecases/', 'lti/log/index.ts'],
    packages: ['agenda', '@agendajs/mongo-backend', 'luxon'],
  },
  'service/mail/': {
    rooms: ['service/domain/', 'service/usecases/ports.ts', 'lti/log/index.ts', 'views/'],
    packages: ['nodemailer', 'ical-generator', 'i18next', 'luxon'],
  },
  'service/matcher/': { rooms: ['service/domain/', 'service/usecases/ports.ts'], packages: [] },
  'service/app.ts': {
    rooms: ['service/http/', 'lti/index.ts', 'lti/log/index.ts'],
    packages: ['express', 'helmet', 'pino-http', 'pino'],
  },
  'service/wiring.ts': {
    rooms: ['config/', 'lti/index.ts', 'lti/log/index.ts', 'service/', 'views/'],
    packages: ['pino', 'mongoose', 'express'],
  },
  'service/main.ts': { rooms: ['config/', 'service/'], packages: [] },
  'service/': { rooms: ['config/', 'lti/index.ts', 'lti/log/index.ts', 'service/'], packages: ['pino'] },
  'service/cli/': {
    rooms: ['config/', 'lti/index.ts', 'lti/log/index.ts', 'service/'],
    packages: ['pino', 'nodemailer'],
  },
  'service/demo/': {
    rooms: ['config/', 'lti/index.ts', 'lti/platform/index.ts', 'service/'],
    packages: ['express', 'handlebars', 'helmet', 'mongodb', 'pino', 'postal-mime', 'smtp-server'],
  },
  'views/': { rooms: ['service/domain/'], packages: ['handlebars', 'i18next', 'd3-array', 'd3-scale', 'luxon'] },
};

interface Source {
  file: string;
  text: string;
  /** Files by their path from the root, packages by name. */
  files: string[];
  /** Those of which more than types is imported. */
  needed: string[];
  packages: string[];
}

const sources: Source[] = ['config', 'lti', 'service', 'views']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const imports = [
      ...text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'|^\s*import '([^']+)'/gm),
    ].map((match) => ({ name: match[1] ?? match[2] ?? match[3] ?? '', types: /^\s*\w+ type\b/.test(match[0]) }));
    const own = imports.filter(({ name }) => name.startsWith('.'));
    const packages = imports
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
    const paths = (some: typeof own): string[] => some.map(({ name }) => path.join(path.dirname(file), name));
    return { file, text, packages, files: paths(own), needed: paths(own.filter(({ types }) => !types)) };
  });

function roomOf(file: string): string {
  const [room] = Object.keys(rooms)
    .filter((name) => file.startsWith(name))
    .sort((a, b) => b.length - a.length);
  return room ?? 'no room';
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

describe('the house', () => {
  it('has a room for every source file', () => {
    expect(sources.length).to.be.greaterThan(20);
    expect(sources.filter(({ file }) => roomOf(file) === 'no room').map(({ file }) => file)).to.deep.equal([]);
  });

  it('lets each room import only what its row says', () => {
    const strays = sources.flatMap(({ file, files, packages }) => {
      const room = roomOf(file);
      const row = rooms[room] ?? { rooms: [], packages: [] };
      const isAllowed = (target: string): boolean =>
        roomOf(target) === room || row.rooms.some((allowed) => target.startsWith(allowed));
      return [
        ...files.filter((target) => !isAllowed(target)),
        ...packages.filter((name) => !row.packages.includes(packageOf(name))),
      ].map((target) => `${file} -> ${target}`);
    });
    expect(strays).to.deep.equal([]);
  });

  it('is entered by doors: the lti room by its index files only', () => {
    const doors = ['lti/index.ts', 'lti/platform/index.ts', 'lti/log/index.ts'];
    const sideways = sources
      .filter(({ file }) => !file.startsWith('lti/'))
      .flatMap(({ file, files }) =>
        files
          .filter((target) => target.startsWith('lti/') && !doors.includes(target))
          .map((target) => `${file} -> ${target}`),
      );
    expect(sideways).to.deep.equal([]);
  });

  it('makes routers and applications in one place, where they tell capitals and a slash at the end apart', () => {
    const makers = sources
      .filter(({ text }) => /\b(?:express|Router|express\.Router)\(/.test(withoutText(text)))
      .map(({ file }) => file);
    expect(makers).to.deep.equal(['lti/strict-routes.ts']);
  });

  it('never imports a test, and never comes back to where an import began', () => {
    expect(sources.flatMap(({ files }) => files).filter((target) => target.startsWith('test/'))).to.deep.equal([]);
    expect(findCycle() ?? 'none').to.equal('none');
  });

  it('keeps out what the house does without: any, default exports, unfinished marks, skipped checks', () => {
    const unwanted: [string, RegExp][] = [
      ['any', /[:<,|]\s*any\b|\bas any\b/],
      ['a default export', /^export default\b/m],
      ['an unfinished mark', /\b(?:TODO|FIXME|XXX)\b/],
      ['a skipped check', /@ts-(?:ignore|nocheck|expect-error)|eslint-disable/],
    ];
    const found = sources.flatMap(({ file, text }) =>
      unwanted.filter(([, pattern]) => pattern.test(withoutText(text))).map(([what]) => `${file}: ${what}`),
    );
    expect(found).to.deep.equal([]);
  });

  it('says at the head of every file what it answers for, or in a use case at its one deed', () => {
    const silent = sources.filter(({ file, text }) => {
      const deed = /\/\*\*[^]*?\*\/\nexport (?:async )?function/.test(text);
      return !/^(?:\/\/|\/\*)/.test(text) && !(file.startsWith('service/usecases/') && deed);
    });
    expect(silent.map(({ file }) => file)).to.deep.equal([]);
  });
});

describe('the tests', () => {
  const suites = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  );

  it('are named .long exactly where they have a long form', () => {
    const misnamed = suites.filter((name) => {
      const hasLongForm = /from '[./]+support\/rounds\.ts'/.test(readFileSync(path.join(root, 'test', name), 'utf8'));
      return hasLongForm !== name.endsWith('.long.test.ts');
    });
    expect(misnamed).to.deep.equal([]);
  });
});

/** Strings are what people read, not code. */
function withoutText(text: string): string {
  return text
    .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''")
    .replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, (line) => (/TODO|FIXME|XXX|@ts-|eslint-/.test(line) ? line : ''));
}

/** The files of the first circle of imports, if there is one; types may know each other. */
function findCycle(): string | undefined {
  const byFile = new Map(sources.map((source) => [source.file, source.needed]));
  const settled = new Set<string>();
  const visit = (file: string, trail: string[]): string | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file].join(' -> ');
    if (settled.has(file)) return undefined;
    for (const target of byFile.get(file) ?? []) {
      const cycle = visit(target, [...trail, file]);
      if (cycle !== undefined) return cycle;
    }
    settled.add(file);
    return undefined;
  };
  for (const file of byFile.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
