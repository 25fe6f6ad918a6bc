// What a command is, how its words are read, and the two ways in which it ends badly.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Logger } from 'pino';
import type { Config } from '../../config/load-config.ts';
import type { AuditAct, AuditEntry, AuditRecord } from '../domain/audit.ts';
import { StartError } from '../start-error.ts';
import type { Core } from '../wiring.ts';

/** 0: done. 1: could not be done, or something was found that is not as it should be. 2: the command was not understood. */
export const exitCodes = { done: 0, failed: 1, misunderstood: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One sentence about words that were not understood; exit code 2. */
export class UsageError extends StartError {
  override readonly name = 'UsageError';
  override readonly exitCode = exitCodes.misunderstood;

  constructor(sentence: string) {
    super(`${sentence} Try --help.`);
  }
}

/** One sentence about a deed that could not be done; exit code 1. */
export class DeedError extends StartError {
  override readonly name = 'DeedError';
}

/** What a command line reads its settings from and speaks to. */
export interface Terminal {
  /** The settings; undefined: those of this process, with its .env file. */
  readonly env: Readonly<Record<string, string>> | undefined;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** For what goes wrong behind a command. */
  readonly openLog: () => Logger;
}

export interface Place {
  readonly config: Config;
  /** The database's address, with the embedded engine running if there is no other. */
  readonly uri: string;
}

/** What a command may open; what it opened is closed for it. */
export interface Context {
  readonly say: (line: string) => void;
  /** How far a long command is: beside its result, not in it. */
  readonly tellProgress: (line: string) => void;
  /** Settings and database only. */
  readonly open: () => Promise<Place>;
  /** The service without its web. */
  readonly openCore: () => Promise<Core & Place>;
  /** What the audit trail says of this call, once the service was opened; nothing of a command that only reads. */
  readonly trace?: () => AuditRecord | undefined;
}

export interface Option {
  /** Name of the value in the help text; without one the option is a switch. */
  readonly value?: string;
  readonly text: string;
  readonly required?: boolean;
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** What the audit trail says of a command beside what it is. */
export type CommandTrace = Pick<AuditEntry, 'object' | 'subject' | 'reason'>;

export interface Command {
  /** "platform add" */
  readonly name: string;
  readonly summary: string;
  /** What the help on this command says beside it. */
  readonly more?: string;
  readonly options: Readonly<Record<string, Option>>;
  /**
   * reads: changes nothing, and shows nothing of any person. migrates: noted with the migrations, since the trail itself may
   * be of another version. Everything else is traced before it runs.
   */
  readonly act: AuditAct | 'reads' | 'migrates' | ((values: Values) => AuditAct | 'reads');
  /** To whom or what it is done. Refuses what it does not understand, so that only what may be done is traced. */
  readonly about?: (core: Core & Place, values: Values) => Promise<CommandTrace> | CommandTrace;
  run(context: Context, values: Values): Promise<ExitCode>;
}

const by: Option = { value: 'NAME', text: 'Who does this, for the audit trail; the user of the system if absent' };

/** Whoever changes something may say who they are. */
export function optionsOf({ act, options }: Pick<Command, 'act' | 'options'>): Command['options'] {
  return act === 'reads' ? options : { by, ...options };
}

/** @throws UsageError for unknown, missing or malformed options */
export function readOptions(command: Command, args: readonly string[]): Values {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { value }] of Object.entries(optionsOf(command))) {
    options[name] = { type: value === undefined ? 'boolean' : 'string' };
  }
  const values = parsed(args, options);
  const missing = Object.entries(optionsOf(command)).find(([name, one]) => one.required && values[name] === undefined);
  if (missing && values['help'] !== true) throw new UsageError(`--${missing[0]} is missing.`);
  return values;
}

type Known = NonNullable<ParseArgsConfig['options']>;

function parsed(args: readonly string[], options: Known): Values {
  try {
    return parseArgs({ args: joined(args, options), options, strict: true }).values as Values;
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s/u);
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}

/** One id in 64 begins with a dash, and is copied as it is shown: what follows a text option is its text, unless it is an option. */
function joined([first, next, ...more]: readonly string[], options: Known): string[] {
  if (first === undefined) return [];
  const isText = options[/^--(.+)/u.exec(first)?.[1] ?? '']?.type === 'string';
  const isOption = next === '-h' || options[/^--([^=]+)/u.exec(next ?? '')?.[1] ?? ''] !== undefined;
  if (isText && next?.startsWith('-') && !isOption) return [`${first}=${next}`, ...joined(more, options)];
  return [first, ...(next === undefined ? [] : joined([next, ...more], options))];
}

/** A text option that readOptions has made sure of. */
export function textOf(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') throw new UsageError(`--${name} is missing.`);
  return value;
}

/** @throws UsageError when the programme has no such lab */
export function labOf(config: Config, values: Values): string {
  const lab = textOf(values, 'lab');
  const known = config.programme.labs.map(({ id }) => id);
  if (!known.includes(lab)) throw new UsageError(`--lab must be one of ${known.join(', ')}.`);
  return lab;
}
