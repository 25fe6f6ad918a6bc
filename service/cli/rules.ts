// The matching's rules: shown, tried beside those in force on the people who wait now, and put in force.
import { readFile } from 'node:fs/promises';
import { defaultMatchRules, type MatchRules } from '../domain/matching/index.ts';
import { rulesInForce, saveRules as save } from '../usecases/match-rules.ts';
import { tryRules as tryThem, type RulesTrial } from '../usecases/try-rules.ts';
import { DeedError, exitCodes, textOf, type Command, type Values } from './command.ts';
import { table } from './table.ts';

const file = { value: 'FILE', text: 'Rules as JSON, as "rules show" prints them', required: true } as const;

export const showRules: Command = {
  name: 'rules show',
  act: 'reads',
  summary: 'Prints the rules of the matching in force, as JSON to start from.',
  options: {},
  async run(context) {
    const { ports } = await context.openCore();
    context.say(JSON.stringify(await rulesInForce(ports), undefined, 2));
    return exitCodes.done;
  },
};

export const tryRules: Command = {
  name: 'rules try',
  act: 'reads',
  summary: 'Tells what other rules would change for those who wait now. Writes nothing.',
  options: { file },
  async run(context, values) {
    const rules = await rulesIn(values);
    const { ports } = await context.openCore();
    const trial = await tryThem(ports, rules);
    if (typeof trial === 'string') throw faulty(trial);
    for (const line of linesOf(trial)) context.say(line);
    return exitCodes.done;
  },
};

export const saveRules: Command = {
  name: 'rules save',
  act: 'rules_saved',
  summary: 'Puts rules in force from the next run on. A version that a run has used cannot change: give a new one.',
  options: { file },
  async run(context, values) {
    const rules = await rulesIn(values);
    const { ports } = await context.openCore();
    const result = await save(ports, rules);
    if (!result.saved) throw faulty(result.fault);
    context.say(`Rules ${rules.version} are in force from the next run on.`);
    return exitCodes.done;
  },
};

function linesOf({ present, tried, newlyServed, noLongerServed, otherMentor }: RulesTrial): string[] {
  const figures = ['pairs', 'served', 'lowest', 'total', 'load'] as const;
  const rows = figures.map((name) => [name, String(present[name]), String(tried[name])]);
  return [
    ...table(['', `in force (${present.version})`, `tried (${tried.version})`], rows),
    '',
    `${newlyServed} requests would be served in addition, ${noLongerServed} no longer, ${otherMentor} by another mentor.`,
    'Nothing was written.',
  ];
}

async function rulesIn(values: Values): Promise<MatchRules> {
  const path = textOf(values, 'file');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new DeedError(`${path} cannot be read.`);
  });
  const given = parsed(text);
  if (given === undefined) throw new DeedError(`${path} is not JSON.`);
  const stray = strayIn(given, defaultMatchRules, 'the rules');
  if (stray !== undefined) throw new DeedError(`${path}: ${stray}.`);
  // Sound because strayIn has compared it with rules, field by field.
  return given as MatchRules;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The first place at which a value has another form than the model, in words. */
function strayIn(value: unknown, model: unknown, where: string): string | undefined {
  if (Array.isArray(model)) {
    const isList = Array.isArray(value) && value.every((item) => typeof item === typeof (model[0] as unknown));
    return isList ? undefined : `${where} must be a list of numbers`;
  }
  if (typeof value !== typeof model || value === null || Array.isArray(value)) {
    return `${where} must be ${typeof model === 'object' ? 'an object' : `a ${typeof model}`}`;
  }
  if (typeof model !== 'object' || model === null) return undefined;
  const [given, wanted] = [value as Record<string, unknown>, model as Record<string, unknown>];
  const unknown = Object.keys(given).find((key) => !(key in wanted));
  if (unknown !== undefined) return `${where} must not have "${unknown}"`;
  return Object.keys(wanted)
    .map((key) => strayIn(given[key], wanted[key], `"${key}"`))
    .find((stray) => stray !== undefined);
}

function faulty(fault: string): DeedError {
  const why = fault === 'version_used' ? 'a run has used this version with other rules' : fault.replaceAll('_', ' ');
  return new DeedError(`These rules cannot be used: ${why}.`);
}
