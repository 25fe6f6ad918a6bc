// The versions of the matching's rules. A version that a run has used never changes: its name stands in the run's record.
import type { Connection } from 'mongoose';
import type { MatchRules } from '../domain/matching/index.ts';
import type { RulesBook } from '../usecases/ports.ts';
import { modelOf, schemaOf, unlessTaken } from './collection.ts';

/** content: the rules as text with sorted keys, so that the database compares them as a whole. */
export const matchRulesSchema = schemaOf('match_rules', {
  content: { type: String, required: true },
  savedAt: Date,
  usedAt: Date,
});
matchRulesSchema.index({ savedAt: -1 }, { name: 'saved', partialFilterExpression: { savedAt: { $exists: true } } });

function contentOf(rules: MatchRules): string {
  return JSON.stringify(rules, (_key, value: unknown) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** The book of rules on a connection. */
export function rulesBookOf(connection: Connection): RulesBook {
  const model = modelOf(connection, matchRulesSchema);
  /** Upserts under a condition: where the version is there and does not meet it, its id is taken. */
  const write = async (filter: Record<string, unknown>, set: Record<string, unknown>): Promise<boolean> =>
    unlessTaken(
      model.updateOne(filter, { $set: set }, { upsert: true }).then(() => true),
      false,
    );
  return {
    async inForce() {
      const saved = await model
        .findOne({ savedAt: { $exists: true } })
        .sort({ savedAt: -1 })
        .lean<{ content: string }>();
      return saved ? (JSON.parse(saved.content) as MatchRules) : undefined;
    },
    async save(rules, at) {
      const content = contentOf(rules);
      const isFree = { _id: rules.version, $or: [{ content }, { usedAt: { $exists: false } }] };
      return write(isFree, { content, savedAt: at });
    },
    markUsed: (rules, at) => write({ _id: rules.version, content: contentOf(rules) }, { usedAt: at }),
  };
}
