// The programme as the use cases see it: the real store and outbox on the suite's database, a clock that tests move.
import type { Connection } from 'mongoose';
import { match } from '../../service/domain/matching/index.ts';
import { defaultMatchRules } from '../../service/domain/matching/index.ts';
import { usualSteps } from '../../service/domain/usual-steps.ts';
import type { Lab } from '../../service/domain/lab.ts';
import type { Member } from '../../service/domain/member.ts';
import type { MentoringRequest } from '../../service/domain/mentoring-request.ts';
import { inventedNow, memberOf, requestOf, type MemberFacts } from '../../service/demo/factories.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import type { CoordinatorContact } from '../../service/domain/coordinator.ts';
import { createCoordinators } from '../../service/coordinators.ts';
import { createCoordinatorSeeds } from '../../service/store/coordinator-seeds.ts';
import { empty } from './database.ts';
import { useStore } from './store.ts';

const zone = 'Europe/Paris';
const closures = [
  { from: '08-01', to: '08-25' },
  { from: '12-22', to: '01-03' },
];
const labs = ['etis', 'liris', 'lix', 'stms', 'isir'].map((id): [string, Lab] => [
  id,
  { id, name: id.toUpperCase(), calendar: { zone, closures }, referral: [], referralToComplete: false },
]);

export interface TestProgramme {
  readonly ports: () => Ports;
  readonly connection: () => Connection;
  /** Moves the programme's clock to an instant, or forward by milliseconds. */
  moveTo(instant: Date): void;
  moveBy(ms: number): void;
  now(): Date;
  /** Failures that sweeps met; every test that expects none checks it. */
  failures(): readonly unknown[];
  /** Notices in the outbox as [kind, memberId], in the order of their keys. */
  notices(kind?: string): Promise<[string, string][]>;
  /** Stores a member. */
  join(facts?: MemberFacts): Promise<Member>;
  /** A mentor of LIX and a mentee of ETIS whose open request fits the mentor. */
  joinPair(mentor?: MemberFacts): Promise<{ mentor: Member; mentee: Member; request: MentoringRequest }>;
  /** The pair, matched: a proposal both have yet to answer. */
  propose(
    mentor?: MemberFacts,
  ): Promise<{ mentor: Member; mentee: Member; request: MentoringRequest; proposalId: string }>;
}

export const dayMs = 86_400_000;

/** The programme with these in office. */
export function withCoordinators(ports: Ports, contacts: readonly CoordinatorContact[]): Ports {
  return { ...ports, coordinators: { ...ports.coordinators, contacts: () => Promise.resolve([...contacts]) } };
}

/** Call inside a `describe`; each test begins at the invented present with an empty database. */
export function useProgramme(): TestProgramme {
  const { store, connection } = useStore();
  let present = inventedNow;
  let ids = 0;
  let failed: unknown[] = [];
  let ports: Ports | undefined;

  beforeEach('empty the programme', async () => {
    await empty(connection(), []);
    present = inventedNow;
    failed = [];
    const outbox = createOutbox(connection());
    ports = {
      ...store(),
      outbox,
      clock: { now: () => present },
      newId: () => `id-${String((ids += 1))}`,
      rules: {
        labs: new Map(labs),
        zone,
        steps: usualSteps,
        match: defaultMatchRules,
        verify: { upTo: 1000, thenOneIn: 10 },
      },
      coordinators: createCoordinators({
        named: [],
        appointments: store().appointments,
        registrations: { list: () => Promise.resolve([]) },
        seeds: createCoordinatorSeeds(connection()),
        clock: { now: () => present },
      }),
      matcher: (input, options) => Promise.resolve(match(input, options)),
      noteFailure: (_sweep, error) => failed.push(error),
    };
  });

  const ready = (): Ports => {
    if (!ports) throw new Error('The programme is open inside tests only.');
    return ports;
  };
  const join = async (facts: MemberFacts = {}): Promise<Member> => {
    const member = memberOf(facts);
    await ready().members.insert(member);
    return member;
  };
  const joinPair: TestProgramme['joinPair'] = async (mentorFacts = {}) => {
    const mentor = await join({ labId: 'lix', offer: {}, ...mentorFacts });
    const mentee = await join();
    const request = requestOf({ memberId: mentee.id });
    await ready().requests.insert(request);
    return { mentor, mentee, request };
  };
  return {
    ports: ready,
    connection,
    moveTo: (instant) => (present = instant),
    moveBy: (ms) => (present = new Date(present.getTime() + ms)),
    now: () => present,
    failures: () => failed,
    notices: async (kind) => {
      const kept = await connection()
        .collection('outbox')
        .find(kind ? { kind } : {})
        .sort({ _id: 1 })
        .toArray();
      return kept.map((notice) => [String(notice['kind']), String(notice['memberId'])]);
    },
    join,
    joinPair,
    propose: async (mentorFacts) => {
      const pair = await joinPair(mentorFacts);
      await runMatching(ready());
      const request = await ready().requests.find(pair.request.id);
      if (!request?.proposalId) throw new Error('the pair was not proposed');
      return { ...pair, proposalId: request.proposalId };
    },
  };
}
