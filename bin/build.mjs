// Writes the project's TypeScript as plain JavaScript into a folder of the project, with all that its pages are made of:
// a process that runs from there starts without a loader. Types are not looked at: `npm run types` does that.
import { cpSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { build as compile } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const isSource = (file) => /(?<!\.d)\.ts$/.test(file);

/** Every file stays a file of its own: an import of another one is kept, under the name that it has now. */
const oneByOne = {
  name: 'one-by-one',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path: wanted }) =>
      kind === 'entry-point' ? undefined : { path: wanted.replace(/\.ts$/, '.js'), external: true },
    );
  },
};

/**
 * @param {string} out folder in the project, made anew
 * @param {string[]} rooms folders of the root
 */
export async function build(out, rooms) {
  rmSync(out, { recursive: true, force: true });
  const files = (room) =>
    readdirSync(path.join(root, room), { recursive: true }).map((file) => path.join(root, room, file));
  await compile({
    entryPoints: rooms.flatMap(files).filter(isSource),
    outdir: out,
    outbase: root,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    plugins: [oneByOne],
    logLevel: 'silent',
  });
  for (const room of rooms) {
    const isOther = (file) => !isSource(file);
    cpSync(path.join(root, room), path.join(out, room), { recursive: true, filter: isOther });
  }
  // The engine's own program finds the project's cache from where it lies.
  symlinkSync(path.relative(out, path.join(root, 'bin')), path.join(out, 'bin'));
  cpSync(path.join(root, 'package.json'), path.join(out, 'package.json'));
}
