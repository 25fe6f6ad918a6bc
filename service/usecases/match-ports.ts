// What the matching needs from outside, beside the records of the programme: its runs, its rules, and threads to think in.
import type {
  Certificate,
  MatchInput,
  MatchOptions,
  MatchResult,
  MatchRules,
  Verdict,
} from '../domain/matching/index.ts';
import type { OutlookTable } from '../domain/outlook.ts';

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
  /** "regular ...", "wish ..." or "demand ...". */
  readonly key: string;
  /** When it was claimed; a demanded run may wait for its turn. */
  readonly startedAt: Date;
  /** Computes and tells, proposes nothing. */
  readonly dryRun?: boolean;
  /** When somebody began to work at it; absent as long as it waits. */
  readonly begunAt?: Date;
  /** When the run last said that it goes on. */
  readonly progressAt?: Date;
  readonly finishedAt?: Date;
  /** Somebody wants it to end before its next batch. */
  readonly stopAsked?: boolean;
  /** It ended before its last pair: asked to, abandoned for long, its result did not verify, or it failed. */
  readonly stopped?: boolean;
  /** It met an error that its copy of the service survived; the log says which. */
  readonly failed?: boolean;
  readonly seed: number;
  readonly rulesVersion: string;
  readonly proposed: number;
  readonly skipped: number;
}

/** Whoever works at a run. A copy of the service that lost it to another one changes nothing of it any more. */
export interface HeldRun {
  readonly key: string;
  readonly holder: string;
}

/** Who takes a run, when, and how long it has to have been silent if somebody else held it. */
export interface TakeUp {
  readonly holder: string;
  readonly now: Date;
  readonly silentBefore: Date;
}

export interface Runs {
  /**
   * Without a holder the run waits for one. false when this key was claimed already: a regular run happens once, whatever
   * the number of copies.
   */
  claim(run: MatchRun, holder?: string): Promise<boolean>;
  /** Takes an unfinished run that nobody holds or whose holder is silent; of several copies one gets it, as it is now. */
  takeUp(key: string, at: TakeUp): Promise<MatchRun | undefined>;
  /** Same for the demanded run that has waited longest; one taken up five times may be what ends its holders, and is left. */
  takeUpDemanded(at: TakeUp): Promise<MatchRun | undefined>;
  /** Gives a run back unfinished, so that another copy need not wait for the silence. Harmless when it is lost already. */
  release(held: HeldRun): Promise<void>;
  find(key: string): Promise<MatchRun | undefined>;
  /** Says how far the run is; false when it is to stop, or somebody else has it now. */
  progress(
    held: HeldRun,
    at: Date,
    change: Partial<RunFigures & Pick<MatchRun, 'proposed' | 'skipped' | 'rulesVersion'>>,
  ): Promise<boolean>;
  /** Any copy of the service may ask; the run obeys between two batches. false when no such run is going on. */
  askToStop(key: string): Promise<boolean>;
  /** false when it is over already, or somebody else has it now: then nothing changes. */
  finish(held: HeldRun, change: Partial<Omit<MatchRun, 'key'>> & Pick<MatchRun, 'finishedAt'>): Promise<boolean>;
  /** Ends what nobody has worked at since before an instant; returns how many. */
  finishSilent(before: Date, now: Date): Promise<number>;
  /** Deletes the dry runs claimed before an instant; returns how many. */
  forgetDryRuns(before: Date): Promise<number>;
  latest(limit: number): Promise<MatchRun[]>;
  /** Proof that the run's result was the best; dual prices are never shown to members, they could reveal an exclusion. */
  keepCertificate(held: HeldRun, certificate: Certificate): Promise<void>;
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

/** Which results are checked by their certificate before they are acted upon. */
export interface VerifyRules {
  /** All of them, up to so many open requests. */
  readonly upTo: number;
  /** Above, one in so many, as the seed falls. */
  readonly thenOneIn: number;
}

export interface MatchJob extends MatchOptions {
  /** Check the result by its certificate before it is handed over. */
  readonly verify?: boolean;
}

export type MatchFound = MatchResult & { readonly verdict?: Verdict };

/** Runs the matching so that it delays nobody: whatever takes longer than some milliseconds is done elsewhere, in pieces. */
export type Matcher = (input: MatchInput, job: MatchJob) => Promise<MatchFound>;

/** How searches may turn out: one table, of the last night. */
export interface Outlooks {
  find(): Promise<OutlookTable | undefined>;
  /** Takes the place of an older one; of several copies that made the night's, one is kept. */
  keep(table: OutlookTable): Promise<void>;
}
