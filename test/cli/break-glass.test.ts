// Who somebody is, from the terminal: traced and told before it is shown, and nothing of it kept.
import { expect } from 'chai';
import { breakGlass } from '../../service/cli/break-glass.ts';
import type { Context, Place } from '../../service/cli/command.ts';
import { runTraced } from '../../service/cli/traced.ts';
import { dialogueOf, memberOf, type MemberFacts } from '../../service/demo/factories.ts';
import type { AuditRecord } from '../../service/domain/audit.ts';
import type { Member } from '../../service/domain/member.ts';
import { createStore, type Store } from '../../service/store/index.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import type { Core } from '../../service/wiring.ts';
import { secret, useCommandLine } from '../support/command-line.ts';
import { dyingAt, Killed } from '../support/dying.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

const by = ['--by', 'Hedy Host', '--reason', 'harassment'];

const errorOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('npm run mentorat -- break-glass', function () {
  this.timeout(600_000);
  const { database, mentorat } = useCommandLine();
  let store: Store;
  let [ada, ben, cleo]: Member[] = [];

  const join = async (facts: MemberFacts): Promise<Member> => {
    const made = memberOf(facts);
    const member = { ...made, ties: { ...made.ties, self: [store.hasher.email(made.email)] } };
    await store.members.insert(member);
    return member;
  };
  const kept = (collection: string): Promise<string> =>
    database.connection().collection(collection).find().toArray().then(JSON.stringify);
  const letters = async (): Promise<[string, string][]> => {
    const found = await database.connection().collection('outbox').find({ kind: 'identity_disclosed' }).toArray();
    return found.map(({ memberId, subjectId }) => [String(memberId), String(subjectId)]);
  };
  const looks = async (): Promise<AuditRecord[]> => store.trail.list({ act: 'identity_disclosed', limit: 100 });

  before(async () => {
    await mentorat(['migrate']);
    store = createStore(database.connection(), secret);
    ada = await join({ name: 'Ada Zyzomys', email: 'ada@etis.example', labId: 'etis', offer: {} });
    ben = await join({ name: 'Ben Quokka', email: 'ben@liris.example', labId: 'liris' });
    cleo = await join({ name: 'Cleo Numbat', email: 'cleo@lix.example', labId: 'lix' });
    const pair = { mentorId: ada.id, mentorLabId: 'etis', menteeId: ben.id, menteeLabId: 'liris' };
    await store.dialogues.insert(dialogueOf({ ...pair, id: 'open', status: 'active' }));
    await store.dialogues.insert(
      dialogueOf({
        ...pair,
        id: 'over',
        menteeId: cleo.id,
        menteeLabId: 'lix',
        status: 'closed',
        closing: 'completed',
      }),
    );
  });

  it('shows whether somebody is enrolled, who they are, and the other person of each open dialogue', async () => {
    const { code, out, err } = await mentorat(['break-glass', ...by, '--email', ' Ada+lists@ETIS.example']);
    expect(code, err).to.equal(0);
    const [look] = await looks();
    expect(out).to.equal(
      'Enrolled, active: Ada Zyzomys, ada@etis.example, etis (a letter tells them)\n' +
        'Open dialogue with: Ben Quokka, ben@liris.example, liris (a letter tells them)\n' +
        `Traced as no. ${look!.seq}.\n`,
    );
  });

  it('traces who did it and why, and whom it concerns by a pseudonym that leads to the person', async () => {
    const [look] = await looks();
    expect(look).to.include({ reason: 'harassment' }).and.not.have.property('object');
    expect(await store.auditPeople.findPersonKey(look!.subject!)).to.equal(ada!.personKey);
    const { out } = await mentorat(['trail', '--act', 'identity_disclosed']);
    expect(out).to.include('Hedy Host').and.include(look!.subject!);
  });

  it('writes to everybody whose name it shows, and to nobody else', async () => {
    const [look] = await looks();
    const [told, seq] = [[ada!.id, ben!.id], String(look!.seq)];
    expect(await letters()).to.have.deep.members(told.map((id) => [id, seq]));
  });

  it('finds somebody by a pseudonym of the trail, and writes anew for each look', async () => {
    const before = await letters();
    const [{ subject } = {}] = await looks();
    for (const word of [subject!, subject!.toLowerCase()]) {
      const { code, out, err } = await mentorat(['break-glass', ...by, '--pseudonym', word]);
      expect(code, err).to.equal(0);
      expect(out).to.include('Ada Zyzomys').and.include('Ben Quokka').and.not.include('Cleo');
    }
    expect((await letters()).length).to.equal(before.length + 4);
    expect(new Set((await looks()).map((one) => one.subject))).to.deep.equal(new Set([subject]));
  });

  it('finds somebody by the reference of their case, and traces no reference', async () => {
    const at = new Date();
    const facts = { kind: 'asked', labId: 'lix', status: 'open', openedAt: at, quietSince: at } as const;
    const due = { step: 'case_reminder', at };
    const messages = [{ id: 'm', from: 'member', text: 'a secret of the case', at }] as const;
    const made = await store.cases.insert({ id: 'c', key: 'c', memberId: cleo!.id, messages, due, ...facts });
    const { out, err } = await mentorat(['break-glass', ...by, '--case', made!.reference]);
    expect(out, err).to.include('Cleo Numbat, cleo@lix.example, lix').and.include('No open dialogue.');
    expect(out).to.not.match(/Ada|secret/u);
    expect(await kept('audit_trail')).to.not.include(made!.reference);
  });

  it('traces a look at what belongs to nobody, without saying of what', async () => {
    const [told, count] = [await letters(), (await looks()).length];
    for (const words of [
      ['--email', 'nobody@nowhere.example'],
      ['--pseudonym', 'BCDFGHJKLM'],
      ['--case', 'BCDFGH'],
    ]) {
      const { code, out } = await mentorat(['break-glass', ...by, ...words]);
      expect(code).to.equal(0);
      expect(out).to.match(/^Nobody who is enrolled goes by this\.\nTraced as no\. \d+\.\n$/u);
      const [look] = await looks();
      expect(look).to.include({ reason: 'harassment' }).and.not.have.any.keys('subject', 'object', 'notDone');
    }
    expect((await looks()).length).to.equal(count + 3);
    expect(await letters()).to.deep.equal(told);
  });

  it('asks for what is missing or wrong, and leaves no trace of a look', async () => {
    const before = await looks();
    for (const [words, sentence] of [
      [[...by], 'Give one of --email, --pseudonym and --case.'],
      [[...by, '--email', ada!.email, '--pseudonym', 'BCDFGHJKLM'], 'Give one of --email, --pseudonym and --case.'],
      [[...by, '--email', ''], 'Give one of'],
      [[...by, '--email', 'ada'], '--email must be an e-mail address.'],
      [['--by', 'Hedy Host', '--reason', 'curiosity', '--email', ada!.email], '--reason must be one of danger_to_life'],
      [['--by', 'Hedy Host', '--email', ada!.email], '--reason is missing.'],
      [['--reason', 'harassment', '--email', ada!.email], '--by is missing.'],
      [['--by', '-', '--reason', 'harassment', '--email', ada!.email], '--by must be the name'],
    ] as const) {
      const { code, out, err } = await mentorat(['break-glass', ...words]);
      expect(code, err).to.equal(2);
      expect(err).to.include(sentence);
      expect(out).to.equal('');
    }
    expect(await looks()).to.deep.equal(before);
  });

  it('says who cannot be told, and the trail says so too, of nobody by name', async () => {
    const gone = memberOf({ name: 'Dan Left', email: '', ties: { self: [store.hasher.email('dan@etis.example')] } });
    await store.members.insert(gone);
    const { code, out, err } = await mentorat(['break-glass', ...by, '--email', 'dan@etis.example']);
    expect(code, err).to.equal(0);
    expect(out).to.include('Dan Left').and.include('NOT TOLD: has no address');
    const [look] = await looks();
    const [untold] = await store.trail.list({ act: 'disclosure_untold', limit: 1 });
    expect(untold)
      .to.include({ object: String(look!.seq) })
      .and.not.have.property('subject');
    expect((await letters()).filter(([, seq]) => seq === String(look!.seq))).to.deep.equal([]);
  });

  it('tells also whoever has left, as long as they can be looked up', async () => {
    const gone = await join({ name: 'Lea Leaving', email: 'lea@etis.example', status: 'withdrawn' });
    const { code, out, err } = await mentorat(['break-glass', ...by, '--email', 'lea@etis.example']);
    expect(code, err).to.equal(0);
    expect(out).to.include('Enrolled, withdrawn: Lea Leaving').and.not.include('NOT TOLD');
    const [look] = await looks();
    expect(await letters()).to.deep.include([gone.id, String(look!.seq)]);
  });

  it('traces and tells each of two who go by one address, and prefers those whose address it is now', async () => {
    const hash = store.hasher.email('shared@isir.example');
    const former = memberOf({ name: 'Eva Former', ties: { self: [hash] } });
    await store.members.insert(former);
    const only = await mentorat(['break-glass', ...by, '--email', 'shared@isir.example']);
    expect(only.out).to.include('Eva Former');
    const both = [await join({ email: 'shared@isir.example' }), await join({ email: 'shared@isir.example' })];
    const before = (await looks()).length;
    const { out } = await mentorat(['break-glass', ...by, '--email', 'shared@isir.example']);
    expect(out).to.include(both[0]!.name).and.include(both[1]!.name).and.not.include('Eva Former');
    const traced = (await looks()).slice(0, -before);
    const keys = await Promise.all(traced.map(({ subject }) => store.auditPeople.findPersonKey(subject!)));
    expect(keys).to.have.members(both.map(({ personKey }) => personKey));
    const [first] = traced.map(({ seq }) => seq).sort((a, b) => a - b);
    expect(await letters()).to.include.deep.members(both.map(({ id }) => [id, String(first)]));
  });

  it('keeps no name and no address: not in the trail, the pseudonyms, the outbox or the log', async () => {
    const { err } = await mentorat(['break-glass', ...by, '--email', ada!.email]);
    const everything = [err, ...(await Promise.all(['audit_trail', 'audit_people', 'outbox'].map(kept)))].join('\n');
    expect(everything).to.include('identity_disclosed');
    expect(everything).to.not.match(/Zyzomys|Quokka|Numbat|@\w+\.example/u);
    expect((await mentorat(['trail', '--verify'])).code).to.equal(0);
  });
});

describe('A look by break-glass', () => {
  const programme = useProgramme();
  const events: string[] = [];

  /** The command, on ports of the test's choice. */
  const look = (ports: Ports, words: Readonly<Record<string, string>>) => {
    const context: Context = {
      say: (line) => events.push(line),
      tellProgress: () => undefined,
      open: () => Promise.reject(new Error('not needed')),
      openCore: () => Promise.resolve({ ports } as Core & Place),
    };
    return runTraced(breakGlass, { context, values: { by: 'Hedy Host', reason: 'legal_order', ...words } });
  };
  const noting = (ports: Ports): Ports => ({
    ...ports,
    trail: {
      ...ports.trail,
      append: async (entry, at) => {
        const record = await ports.trail.append(entry, at);
        events.push(`trace ${entry.act}`);
        return record;
      },
    },
    outbox: {
      ...ports.outbox,
      enqueue: async (...notices) => {
        await ports.outbox.enqueue(...notices);
        events.push(...notices.map(({ kind }) => `letter ${kind}`));
      },
    },
  });
  const pair = async () => {
    const [mentor, mentee] = [await programme.join({ labId: 'lix', offer: {} }), await programme.join()];
    const people = { mentorId: mentor.id, menteeId: mentee.id, mentorLabId: 'lix', menteeLabId: 'etis' };
    await programme.ports().dialogues.insert(dialogueOf(people));
    const { ports } = programme;
    const pseudonym = await ports().auditPeople.pseudonymOf({ kind: 'member', key: mentor.personKey }, programme.now());
    return { mentor, mentee, pseudonym };
  };

  beforeEach(() => void events.splice(0));

  it('is traced first, then told, then shown', async () => {
    const { pseudonym } = await pair();
    await look(noting(programme.ports()), { pseudonym });
    expect(events.slice(0, 3)).to.deep.equal([
      'trace identity_disclosed',
      'letter identity_disclosed',
      'letter identity_disclosed',
    ]);
    expect(events[3]).to.match(/^Enrolled, active: /u);
  });

  it('shows nothing when the process dies between trace and letter', async () => {
    const { pseudonym } = await pair();
    const error = await errorOf(look(dyingAt(programme.ports(), { write: 1 }), { pseudonym }));
    expect(error).to.be.instanceOf(Killed);
    expect(events).to.deep.equal([]);
    const traced = await programme.ports().trail.list({ act: 'identity_disclosed', limit: 9 });
    expect(traced.at(-1)).to.include({ subject: pseudonym, reason: 'legal_order' });
  });

  it('shows nothing without its trace', async () => {
    const { pseudonym } = await pair();
    const ports = programme.ports();
    const append = () => Promise.reject(new Killed());
    const error = await errorOf(look({ ...ports, trail: { ...ports.trail, append } }, { pseudonym }));
    expect(error).to.be.instanceOf(Killed);
    expect(events).to.deep.equal([]);
    expect(await programme.notices('identity_disclosed')).to.deep.equal([]);
  });

  it('writes once to somebody who is the other person of two dialogues', async () => {
    const { mentor, mentee, pseudonym } = await pair();
    const people = { mentorId: mentee.id, menteeId: mentor.id, mentorLabId: 'etis', menteeLabId: 'lix' };
    await programme.ports().dialogues.insert(dialogueOf(people));
    await look(programme.ports(), { pseudonym });
    expect(events.filter((line) => line.startsWith('Open dialogue'))).to.have.length(1);
    const told = await programme.notices('identity_disclosed');
    expect(told.map(([, memberId]) => memberId)).to.have.members([mentor.id, mentee.id]);
  });

  it('leads to nobody any more once the person is erased', async () => {
    const { mentor, pseudonym } = await pair();
    await leaveProgramme(programme.ports(), { memberId: mentor.id });
    programme.moveBy(20 * dayMs);
    await sweepMembers(programme.ports());
    expect(await programme.ports().auditPeople.findPersonKey(pseudonym)).to.equal(undefined);
    await look(programme.ports(), { pseudonym });
    expect(events[0]).to.equal('Nobody who is enrolled goes by this.');
    expect(await programme.notices('identity_disclosed')).to.deep.equal([]);
  });
});
