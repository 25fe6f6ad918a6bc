// First step of a thread: a new thread does not inherit the TypeScript loader of its process.
import { existsSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const built = new URL(`${workerData.module}.js`, import.meta.url);
if (existsSync(built)) {
  await import(built);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import(`${workerData.module}.ts`);
}
