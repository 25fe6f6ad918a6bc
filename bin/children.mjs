// Processes that a preparation started: none of them stays when it ends before they do.
const running = new Set();

/** @param {import('node:child_process').ChildProcess} child */
export function endWithUs(child) {
  if (running.size === 0) process.once('exit', endAll);
  running.add(child);
  child.once('exit', () => running.delete(child));
}

function endAll() {
  for (const child of running) child.kill('SIGTERM');
}
