// Looks at everything the service leans on: one line each, and the exit code for machines.
import type { State } from './checks.ts';
import { exitCodes, type Command } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  act: 'reads',
  summary: 'Checks settings, database, schema, indexes, secret, mail, clock and platforms.',
  options: {},
  async run(context) {
    const { checkAll } = await import('./checks.ts');
    const states = new Set<State>();
    await checkAll(await context.open(), ({ state, subject, text }) => {
      states.add(state);
      context.say(`${state.padEnd(7)} ${subject.padEnd(10)} ${text}`);
    });
    return states.has('failed') ? exitCodes.failed : exitCodes.done;
  },
};
