// A small parent for the tests: opens the engine in the given directory, says where it is, and waits to be killed.
import { startEngine } from '../../../service/store/engine/index.ts';

const engine = await startEngine({ dataDir: process.argv[2] ?? '' });
process.send?.({ pid: engine.pid() });
