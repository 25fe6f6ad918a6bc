// Makes a fresh clone ready: installs the packages of package-lock.json, puts the embedded database's C library in
// place where the system's is too old and, with --browser, sees to Chromium. Run by `npm run demo` and `npm test`.
// Plain Node without packages, since it runs before node_modules exists; repeating it costs a few milliseconds.
import { ensurePrivateLibrary, needsPrivateLibrary } from './c-library.mjs';
import { ensureBrowser } from './browser.mjs';
import { PrepareError } from './errors.mjs';
import { withLock } from './lock.mjs';
import { ensurePackages } from './packages.mjs';

const say = (sentence) => console.log(sentence);

// Not 0, or npm would go on to what was to be prepared.
for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
  process.on(signal, () => process.exit(code));
}

try {
  await withLock(async () => {
    await ensurePackages(say);
    if (!process.env.MONGODB_URI && !process.env.MONGODB_URI_FILE && needsPrivateLibrary())
      await ensurePrivateLibrary(say);
    if (process.argv.includes('--browser')) await ensureBrowser(say);
  }, say);
} catch (error) {
  // A full disk or a forbidden folder is a sentence too; anything else is a bug and keeps its trace.
  if (!(error instanceof PrepareError) && error.syscall === undefined) throw error;
  console.error(error instanceof PrepareError ? error.message : `The preparation cannot write: ${error.message}.`);
  process.exitCode = 1;
}
