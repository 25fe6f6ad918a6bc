// The help texts, made from the commands themselves.
import { optionsOf, type Command } from './command.ts';

const call = 'npm run mentorat --';

export function helpOn(commands: readonly Command[], group: string): string {
  const shown = commands.filter(({ name }) => group === '' || name.startsWith(`${group} `));
  const width = Math.max(...shown.map(({ name }) => name.length));
  return [
    `Usage: ${call} ${group === '' ? '' : `${group} `}<command> [options]`,
    '',
    ...shown.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `${call} <command> --help tells more. Settings come from the environment and .env, as for the service.`,
    'Exit codes: 0 done; 1 could not be done, or a check failed; 2 the command was not understood.',
    '',
  ].join('\n');
}

export function helpOnCommand({ name, summary, more, ...command }: Command): string {
  const rows = Object.entries(optionsOf(command)).map(([option, { value, text, required }]) => ({
    left: `--${option}${value === undefined ? '' : ` ${value}`}`,
    right: required ? `${text} (required)` : text,
  }));
  rows.push({ left: '--help', right: 'This text' });
  const width = Math.max(...rows.map(({ left }) => left.length));
  return [
    `Usage: ${call} ${name} [options]`,
    '',
    summary,
    ...(more === undefined ? [] : [more]),
    '',
    ...rows.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`),
    '',
  ].join('\n');
}
