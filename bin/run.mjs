// Runs one visible step: the command's own output goes to the terminal, and a silent one still shows that it lives.
import { spawn } from 'node:child_process';
import { endWithUs } from './children.mjs';

const TICK_MS = 10_000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: object, what: string }} options `what` names the step in the lines shown while it runs
 * @returns {Promise<boolean>} whether it ended with exit code 0
 */
export function runVisibly(command, args, { what, ...options }) {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  const ticking = setInterval(() => console.log(`... still ${what} (${seconds()} s)`), TICK_MS);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    endWithUs(child);
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  }).finally(() => clearInterval(ticking));
}
