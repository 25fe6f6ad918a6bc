// Exclusions from the terminal: the same decisions as on the administrators' page.
import { MentoringError } from '../domain/errors.ts';
import { exclusionDesk, type ExclusionDecision, type ExclusionLine } from '../usecases/exclusion-desk.ts';
import { DeedError, exitCodes, textOf, UsageError, type Command, type Context, type Values } from './command.ts';
import { table } from './table.ts';

const id = { value: 'ID', text: 'Id of the exclusion, as "exclusion list" shows it', required: true } as const;

function decisionIn(values: Values): 'exclude' | 'refuse' {
  const exclude = values['exclude'] === true;
  if (exclude === (values['refuse'] === true)) throw new UsageError('Give either --exclude or --refuse.');
  return exclude ? 'exclude' : 'refuse';
}

const about: NonNullable<Command['about']> = ({ ports }, values) => exclusionDesk(ports).traced(textOf(values, 'id'));

const said = {
  exclude: 'Excluded: out of the matching, dialogues ended, and told with whom to appeal.',
  refuse: 'The request is refused; the address, if there was one, is forgotten.',
  lift: 'The exclusion is lifted, and the person is told.',
} as const satisfies Record<ExclusionDecision, string>;

async function decide(context: Context, values: Values, decision: ExclusionDecision) {
  const { ports } = await context.openCore();
  const everywhere = values['everywhere'] === true;
  try {
    await exclusionDesk(ports).decide(textOf(values, 'id'), decision, { everywhere });
  } catch (error) {
    if (!(error instanceof MentoringError)) throw error;
    throw new DeedError(
      error.code === 'exclusion_decided'
        ? 'This was decided otherwise already: see "exclusion list".'
        : 'There is no exclusion of this id: see "exclusion list".',
    );
  }
  context.say(said[decision]);
  return exitCodes.done;
}

function rowOf(line: ExclusionLine): string[] {
  const { isInForce, labId, reference, reason, email, people, elsewhere, askedAt, decidedAt, endsAt } = line;
  const day = (instant: Date | undefined): string => instant?.toISOString().slice(0, 10) ?? '';
  const whom = isInForce ? '' : (email ?? 'whose case it is');
  const state = isInForce ? 'in force' : 'asked';
  const times = [day(decidedAt ?? askedAt), day(endsAt)];
  const counts = [people, elsewhere].map((count) => (count === undefined ? '' : String(count)));
  return [line.id, state, ...times, labId, reference, reason, whom, ...counts];
}

const head = ['id', 'state', 'since', 'until', 'lab', 'case', 'reason', 'whom', 'people', 'elsewhere'];

export const listExclusions: Command = {
  name: 'exclusion list',
  act: 'reads',
  summary: 'Lists the exclusions that coordinators ask for, and those in force.',
  more: 'The address stands there as it was given, while a decision waits; "people" is how many would be excluded, "elsewhere" how many more in other labs, whose platform gives the same address.',
  options: {},
  async run(context) {
    const { ports } = await context.openCore();
    const lines = await exclusionDesk(ports).list();
    if (lines.length === 0) context.say('Nothing waits for a decision, and nobody is excluded.');
    else for (const line of table(head, lines.map(rowOf))) context.say(line);
    return exitCodes.done;
  },
};

export const decideExclusion: Command = {
  name: 'exclusion decide',
  act: (values) => (decisionIn(values) === 'exclude' ? 'exclusion_made' : 'exclusion_refused'),
  about,
  summary: 'Excludes whom a request means, or refuses it.',
  options: {
    id,
    exclude: { text: 'Out of the matching at once, dialogues ended; for 24 months, unless it is lifted' },
    everywhere: { text: 'With --exclude: also accounts of other labs whose platform gives the same address' },
    refuse: { text: 'Nothing happens, and whom it meant is forgotten' },
  },
  run: (context, values) => decide(context, values, decisionIn(values)),
};

export const liftExclusion: Command = {
  name: 'exclusion lift',
  act: 'exclusion_lifted',
  about,
  summary: 'Lets somebody in again who was excluded; what had ended stays ended.',
  options: { id },
  run: (context, values) => decide(context, values, 'lift'),
};
