// What an administrator of the programme sees of exclusions, and decides: by page and by command line.
import type { AuditEntry } from '../domain/audit.ts';
import type { Exclusion } from '../domain/exclusion.ts';
import { subjectOf } from './audited.ts';
import { exclude, liftExclusion, refuseExclusion } from './decide-exclusion.ts';
import { membersMeant } from './exclude-member.ts';
import { marksToLookFor } from './exclusion-records.ts';
import type { Ports } from './ports.ts';

export interface ExclusionLine extends Pick<
  Exclusion,
  'id' | 'reason' | 'labId' | 'reference' | 'askedAt' | 'decidedAt' | 'endsAt'
> {
  readonly isInForce: boolean;
  /** As it was given; only while a decision waits. */
  readonly email?: string;
  /** How many people it would exclude: who take part, or have not been erased yet; only while a decision waits. */
  readonly people?: number;
  /** How many more, if it were for every lab: accounts whose platform gives the same address as one of these. */
  readonly elsewhere?: number;
}

export type ExclusionDecision = 'exclude' | 'refuse' | 'lift';

export interface ExclusionDesk {
  /** What waits for a decision and what is in force, the oldest first. */
  list(): Promise<ExclusionLine[]>;
  /**
   * Carries it out; decided so already, it is carried out again. everywhere: an exclusion is for every lab in which a platform
   * gives the same address. @throws MentoringError exclusion_decided, not_found
   */
  decide(id: string, decision: ExclusionDecision, options?: { readonly everywhere?: boolean }): Promise<void>;
  /** For the trace: of which lab, for which reason, and the pseudonym of whom it means, if they take part. */
  traced(id: string): Promise<Pick<AuditEntry, 'object' | 'subject' | 'reason'>>;
}

const deeds = { exclude, refuse: refuseExclusion, lift: liftExclusion } as const;

export function exclusionDesk(ports: Ports): ExclusionDesk {
  return {
    list: async () => Promise.all((await ports.exclusions.listLive()).map((one) => lineOf(ports, one))),
    decide: (id, decision, options = {}) => deeds[decision](ports, id, options),
    traced: async (id) => {
      const found = await ports.exclusions.find(id);
      if (!found) return {};
      const { reason } = found;
      // Beside the pseudonym of whom it means, a case would tell who complained of whom.
      const object = found.labId;
      const personKey = await personMeant(ports, found);
      return { object, reason, ...(personKey !== undefined && { subject: await subjectOf(ports, personKey) }) };
    },
  };
}

async function lineOf(ports: Ports, exclusion: Exclusion): Promise<ExclusionLine> {
  const { id, reason, labId, reference, askedAt, decidedAt, endsAt, email, status } = exclusion;
  const times = { askedAt, ...(decidedAt && { decidedAt }), ...(endsAt && { endsAt }) };
  const line = { id, reason, labId, reference, ...times, isInForce: status === 'in_force' };
  if (line.isInForce) return line;
  const people = (await membersMeant(ports, exclusion)).length;
  const elsewhere = (await membersMeant(ports, { ...exclusion, everywhere: true })).length - people;
  return { ...line, people, elsewhere, ...(email !== undefined && { email }) };
}

/** The first of them: of an address there may be several, with accounts of their own. */
async function personMeant(ports: Ports, exclusion: Exclusion): Promise<string | undefined> {
  const [meant] = await membersMeant(ports, exclusion);
  if (meant || exclusion.status !== 'in_force') return meant?.personKey;
  const excluded = await ports.members.listExcluded();
  return excluded.find((member) => marksToLookFor(ports, member).some((mark) => exclusion.marks.includes(mark)))
    ?.personKey;
}
