// First step of a thread: a new thread does not inherit the TypeScript loader of its process.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.file);
