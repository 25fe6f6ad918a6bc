// What the matching needs from outside, beside the records of the programme: its runs, its rules, and threads to think in.
import type {
  Certificate,
  MatchInput,
  MatchMentee,
  MatchMentor,
  MatchOptions,
  MatchResult,
  MatchRules,
  ProposedPair,
  Verdict,
  WhyNot,
} from '../domain/matching/index.ts';

/** What a run found, known as soon as the matching is done. */
export interface RunFigures {
  /** Fingerprint of the input: the same input, rules and seed give the same pairs. Empty until the run knows it. */
  readonly inputHash: string;
  readonly requests: number;
  readonly places: number;
  readonly served: number;
  /** Feasible pairs, and the steps 3 to 5 of the objective: lowest score, total score, sum of squares of places in use. */
  readonly pairs?: number;
  readonly lowest?: number;
  readonly total?: number;
  readonly load?: number;
  /** "ok" when the certificate was checked, not there when this run was not sampled. */
  readonly verdict?: string;
}

export interface MatchRun extends RunFigures {
  readonly key: string;
  readonly startedAt: Date;
  /** When the run last said that it goes on. */
  readonly progressAt?: Date;
  readonly finishedAt?: Date;
  /** It ended before its last pair: asked to, abandoned for long, or its result did not verify. */
  readonly stopped?: boolean;
  readonly seed: number;
  readonly rulesVersion: string;
  readonly proposed: number;
  readonly skipped: number;
}

export interface Runs {
  /** false when this key was claimed already: a regular run happens once, whatever the number of copies. */
  claim(run: MatchRun): Promise<boolean>;
  /** Takes over an unfinished run that has been silent since before an instant; of several copies one gets true. */
  takeUp(key: string, at: { readonly silentBefore: Date; readonly now: Date }): Promise<boolean>;
  find(key: string): Promise<MatchRun | undefined>;
  /** Says how far the run is; false when it is to stop. */
  progress(
    key: string,
    at: Date,
    change: Partial<RunFigures & Pick<MatchRun, 'proposed' | 'skipped'>>,
  ): Promise<boolean>;
  /** Any copy of the service may ask; the run obeys between two batches. false when no such run is going on. */
  askToStop(key: string): Promise<boolean>;
  finish(key: string, change: Partial<Omit<MatchRun, 'key'>> & Pick<MatchRun, 'finishedAt'>): Promise<void>;
  /** Ends what nobody has worked at since before an instant; returns how many. */
  finishSilent(before: Date, now: Date): Promise<number>;
  latest(limit: number): Promise<MatchRun[]>;
  /** Proof that the run's result was the best; dual prices are never shown to members, they could reveal an exclusion. */
  keepCertificate(key: string, certificate: Certificate): Promise<void>;
  findCertificate(key: string): Promise<Certificate | undefined>;
}

/** That somebody became available, and a run outside the regular ones would serve them. There is one at most. */
export interface MatchWish {
  readonly dueAt: Date;
  /** How many wishes it stands for: one that comes during the run is told from those the run has seen. */
  readonly count: number;
}

export interface Wishes {
  /** Makes the wish, due at an instant, or joins the one that waits. */
  add(dueAt: Date): Promise<void>;
  find(): Promise<MatchWish | undefined>;
  /** Deletes the wish if it is still as it was seen; otherwise what came meanwhile is put off to an instant. */
  fulfil(seen: MatchWish, otherwiseAt: Date): Promise<void>;
}

/** The versions of the matching's rules. */
export interface RulesBook {
  /** Those saved last; undefined before the first. */
  inForce(): Promise<MatchRules | undefined>;
  /** Puts sound rules in force; false when a run has used this version with another content. */
  save(rules: MatchRules, at: Date): Promise<boolean>;
  /** From now on this version cannot change; false when it is known with another content. */
  markUsed(rules: MatchRules, at: Date): Promise<boolean>;
}

export interface MatchJob extends MatchOptions {
  /** Check the result by its certificate before it is handed over. */
  readonly verify?: boolean;
}

/** Runs the matching off the event loop, and hands over input and result in pieces that delay nobody. */
export type Matcher = (input: MatchInput, job: MatchJob) => Promise<MatchResult & { readonly verdict?: Verdict }>;

/** The mentors as they were some minutes ago, kept off the event loop for the questions that a page asks. */
export interface MentorPool {
  /** undefined as long as the mentors have not been read, or when they cannot be asked: a page does not wait for that. */
  ask(
    question: { readonly mentee: MatchMentee; readonly rules: MatchRules },
    source: MentorSource,
  ): Promise<WhyNot | undefined>;
}

/** Where the pool reads anew what it knows. */
export interface MentorSource {
  /** Everybody who offers to mentor, full and paused ones too, in chunks. */
  mentors(): AsyncIterable<readonly MatchMentor[]>;
  /** Those among the mentors to whom this mentee was proposed in the last 12 months. */
  proposedBefore(mentorIds: readonly string[]): Promise<readonly ProposedPair[]>;
}
