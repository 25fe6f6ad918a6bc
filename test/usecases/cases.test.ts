import { expect } from 'chai';
import { requestOf } from '../../service/demo/factories.ts';
import { allLabs, caseMessageLength, mostCaseMessages, type Case } from '../../service/domain/case.ts';
import { recipientIdOf, type CoordinatorContact } from '../../service/domain/coordinator.ts';
import type { Member } from '../../service/domain/member.ts';
import { askCoordinator } from '../../service/usecases/ask-coordinator.ts';
import { askToWiden } from '../../service/usecases/ask-to-widen.ts';
import type { Coordinator } from '../../service/usecases/case-records.ts';
import { closeCase } from '../../service/usecases/close-case.ts';
import { exportMyData } from '../../service/usecases/export-my-data.ts';
import { hideIdentity } from '../../service/usecases/hide-identity.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { moveCase } from '../../service/usecases/move-case.ts';
import { openCase } from '../../service/usecases/open-case.ts';
import { openIdentity } from '../../service/usecases/open-identity.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runMatchForCase } from '../../service/usecases/run-match-for-case.ts';
import { runWishedMatching } from '../../service/usecases/run-wished-matching.ts';
import { sweepCases } from '../../service/usecases/sweep-cases.ts';
import { takeOutlook } from '../../service/usecases/take-outlook.ts';
import { viewRequest } from '../../service/usecases/view-request.ts';
import { viewCase } from '../../service/usecases/view-case.ts';
import { viewCases } from '../../service/usecases/view-cases.ts';
import { viewMyCase, viewMyCases } from '../../service/usecases/view-my-cases.ts';
import { writeInCase } from '../../service/usecases/write-in-case.ts';
import { dyingAt, Killed } from '../support/dying.ts';
import { dayMs, useProgramme, withCoordinators } from '../support/programme.ts';
import { refusedWith } from '../support/refusals.ts';
import { inTurns } from '../support/in-turns.ts';

const contacts: CoordinatorContact[] = [
  { id: 'of-etis', role: 'lab_coordinator', labId: 'etis', locale: 'fr', email: 'c@etis.example' },
  { id: 'of-lix', role: 'lab_coordinator', labId: 'lix', locale: 'fr', email: 'c@lix.example' },
  { id: 'of-all', role: 'cross_lab_coordinator', locale: 'fr', email: 'c@example.org' },
];
const [ofEtisId = '', ofLixId = '', ofAllId = ''] = contacts.map(recipientIdOf);
const ofEtis: Coordinator = { role: 'lab_coordinator', labId: 'etis' };
const ofLix: Coordinator = { role: 'lab_coordinator', labId: 'lix' };
const ofAll: Coordinator = { role: 'cross_lab_coordinator', labId: 'isir' };

describe('A coordinator’s case', () => {
  const programme = useProgramme();
  let ports: Ports;
  let member: Member;

  beforeEach('a member of ETIS, coordinators of ETIS, LIX and all labs', async () => {
    ports = withCoordinators(programme.ports(), contacts);
    member = await programme.join({ labId: 'etis', name: 'Oriane Quintrell', email: 'oriane@etis.example' });
  });

  afterEach('no record failed', () => {
    expect(programme.failures()).to.deep.equal([]);
  });

  const waitingCase = async (kind: 'waiting' | 'third_lapse' = 'waiting'): Promise<Case> => {
    const request = requestOf({ memberId: member.id });
    await ports.requests.insert(request);
    return openCase(ports, { kind, memberId: member.id, requestId: request.id, labId: 'etis' });
  };
  const asked = (labId = 'etis', attempt = 'first'): Promise<Case> =>
    askCoordinator(ports, { memberId: member.id, labId, attempt, message: 'Puis-je vous parler ?' });
  const told = async (kind: string): Promise<string[]> => (await programme.notices(kind)).map(([, to]) => to).sort();
  const kept = async (id: string): Promise<Case> => (await ports.cases.find(id))!;
  const days = (count: number): void => {
    programme.moveBy(count * dayMs);
  };

  describe('opened by the programme', () => {
    it('is one when the sweep opens it in eight copies at once, and its coordinators are written to once', async () => {
      const request = requestOf({ memberId: member.id });
      await ports.requests.insert(request);
      const input = { kind: 'waiting', memberId: member.id, requestId: request.id, labId: 'etis' } as const;
      const opened = await Promise.all(Array.from({ length: 8 }, () => openCase(ports, input)));
      expect(new Set(opened.map(({ id }) => id)).size).to.equal(1);
      expect((await viewCases(ports, { coordinator: ofEtis })).open).to.have.length(1);
      expect(await told('case_opened')).to.deep.equal([ofEtisId]);
    });

    it('is written about although the process died before it wrote', async () => {
      const request = requestOf({ memberId: member.id });
      await ports.requests.insert(request);
      const input = { kind: 'third_lapse', memberId: member.id, requestId: request.id, labId: 'etis' } as const;
      for (const write of [1, 2]) {
        const died = await openCase(dyingAt(ports, { write }), input).catch((error: unknown) => error);
        expect(died).to.be.instanceOf(Killed);
      }
      await openCase(ports, input);
      expect(await told('case_opened')).to.deep.equal([ofEtisId]);
    });

    it('is not opened again for the same reason once a coordinator closed it', async () => {
      const { id, requestId = '' } = await waitingCase();
      await closeCase(ports, { by: { coordinator: ofEtis }, caseId: id });
      await openCase(ports, { kind: 'waiting', memberId: member.id, requestId, labId: 'etis' });
      expect((await viewCases(ports, { coordinator: ofEtis })).open).to.deep.equal([]);
    });

    it('goes by letters that lead nowhere: six of them, and others for every case', async () => {
      const [one, other] = [await waitingCase(), await asked()];
      expect(one.reference).to.match(/^[BCDFGHJKLMNPQRSTVWXZ]{6}$/u);
      expect(other.reference)
        .to.match(/^[BCDFGHJKLMNPQRSTVWXZ]{6}$/u)
        .and.not.equal(one.reference);
    });

    it('is brought to the coordinators of all labs where a lab has none', async () => {
      await asked('stms');
      expect(await told('case_opened')).to.deep.equal([ofAllId]);
    });
  });

  describe('asked for by a person', () => {
    it('is told also to the coordinators of all labs where none of a lab’s has an address', async () => {
      const silent = contacts.map(({ email, ...one }) =>
        one.id === 'of-etis' ? one : { ...one, ...(email && { email }) },
      );
      ports = withCoordinators(programme.ports(), silent);
      await asked();
      expect(await told('case_opened')).to.deep.equal([ofAllId, ofEtisId].sort());
    });

    it('goes to the coordinators of another lab if the person prefers them', async () => {
      const { id } = await asked('lix');
      expect(await told('case_opened')).to.deep.equal([ofLixId]);
      expect(
        (await viewCase(ports, { coordinator: ofLix, caseId: id })).messages.map(({ text }) => text),
      ).to.deep.equal(['Puis-je vous parler ?']);
      await refusedWith('not_found', viewCase(ports, { coordinator: ofEtis, caseId: id }));
    });

    it('goes to the coordinators of all labs, and to no lab’s own, if the person says so', async () => {
      const { id } = await asked(allLabs);
      expect(await told('case_opened')).to.deep.equal([ofAllId]);
      await viewCase(ports, { coordinator: ofAll, caseId: id });
      for (const coordinator of [ofEtis, ofLix])
        await refusedWith('not_found', viewCase(ports, { coordinator, caseId: id }));
    });

    it('is one when the form is sent eight times at once', async () => {
      const sent = await Promise.all(Array.from({ length: 8 }, () => asked()));
      expect(new Set(sent.map(({ id }) => id)).size).to.equal(1);
      expect((await kept(sent[0]!.id)).messages).to.have.length(1);
    });

    it('is one at a time: of eight forms at once one opens it, and another may follow when it is closed', async () => {
      const attempts = Array.from({ length: 8 }, (_, index) => asked('etis', `form-${index}`));
      const outcomes = await Promise.allSettled(attempts);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      await refusedWith('case_already_open', asked('lix', 'another'));
      const [mine] = (await viewMyCases(ports, { memberId: member.id })).cases;
      await closeCase(ports, { by: { memberId: member.id }, caseId: mine!.id });
      expect((await viewMyCases(ports, { memberId: member.id })).mayAsk).to.equal(true);
      await asked('lix', 'another');
    });

    it('is refused for a lab that does not exist, a message that is too long, and somebody who left', async () => {
      await refusedWith('not_found', asked('nowhere'));
      const long = { memberId: member.id, labId: 'etis', attempt: 'a', message: 'x'.repeat(caseMessageLength + 1) };
      await refusedWith('message_too_long', askCoordinator(ports, long));
      await leaveProgramme(ports, { memberId: member.id });
      await refusedWith('not_found', asked());
    });
  });

  describe('concerns nobody but the person and whoever handles it', () => {
    const deeds: [string, (coordinator: Coordinator, caseId: string) => Promise<unknown>][] = [
      ['see', (coordinator, caseId) => viewCase(ports, { coordinator, caseId })],
      [
        'write in',
        (coordinator, caseId) => writeInCase(ports, { by: { coordinator }, caseId, messageId: 'm', text: 'Bonjour' }),
      ],
      ['suggest widening from', (coordinator, caseId) => askToWiden(ports, { coordinator, caseId })],
      ['search again from', (coordinator, caseId) => runMatchForCase(ports, { coordinator, caseId })],
      ['close', (coordinator, caseId) => closeCase(ports, { by: { coordinator }, caseId })],
    ];
    for (const [deed, act] of deeds) {
      it(`lets the lab’s coordinator and those of all labs ${deed} it; another lab’s, and oneself, never`, async () => {
        const { id } = await waitingCase();
        await refusedWith('not_found', act(ofLix, id));
        await refusedWith('not_found', act({ ...ofEtis, memberId: member.id }, id));
        await refusedWith('not_found', act({ ...ofAll, memberId: member.id }, id));
        expect(await kept(id))
          .to.include({ status: 'open' })
          .and.deep.include({ messages: [] });
        await act({ ...ofEtis, memberId: 'a coordinator who takes part' }, id);
      });
    }

    const own: [string, (memberId: string, caseId: string) => Promise<unknown>][] = [
      ['see', (memberId, caseId) => viewMyCase(ports, { memberId, caseId })],
      [
        'write in',
        (memberId, caseId) => writeInCase(ports, { by: { memberId }, caseId, messageId: 'm', text: 'Bonjour' }),
      ],
      ['open the identity of', (memberId, caseId) => openIdentity(ports, { memberId, caseId })],
      ['hide the identity of', (memberId, caseId) => hideIdentity(ports, { memberId, caseId })],
      ['hand over', (memberId, caseId) => moveCase(ports, { memberId, caseId, labId: 'lix' })],
      ['close', (memberId, caseId) => closeCase(ports, { by: { memberId }, caseId })],
    ];
    for (const [deed, act] of own) {
      it(`lets the person ${deed} it, and no other member`, async () => {
        const { id } = await waitingCase();
        const other = await programme.join({ labId: 'etis' });
        await refusedWith('not_found', act(other.id, id));
        await act(member.id, id);
      });
    }

    it('is in the list of those who handle it, and never in a coordinator’s own', async () => {
      const { id } = await waitingCase();
      const seen = async (coordinator: Coordinator): Promise<string[]> =>
        (await viewCases(ports, { coordinator })).open.map((line) => line.id);
      expect(await seen(ofEtis)).to.deep.equal([id]);
      expect(await seen(ofAll)).to.deep.equal([id]);
      expect(await seen(ofLix)).to.deep.equal([]);
      expect(await seen({ ...ofEtis, memberId: member.id })).to.deep.equal([]);
      expect(await seen({ ...ofAll, memberId: member.id })).to.deep.equal([]);
    });
  });

  it('is among the two hundred oldest that a coordinator is shown, and more than that are said to be there', async () => {
    const begun = { kind: 'waiting', labId: 'lix', memberId: 'm', status: 'open', messages: [] } as const;
    const insert = (index: number) => {
      const at = new Date(programme.now().getTime() + index);
      const due = { step: 'case_reminder_1', at };
      return ports.cases.insert({
        ...begun,
        id: `c-${index}`,
        key: `waiting:${index}`,
        openedAt: at,
        quietSince: at,
        due,
      });
    };
    await inTurns(
      Array.from({ length: 200 }, (_, index) => index),
      insert,
    );
    expect(await viewCases(ports, { coordinator: ofLix })).to.include({ hasMore: false });
    await insert(200);
    const { open, hasMore } = await viewCases(ports, { coordinator: ofLix });
    expect(hasMore).to.equal(true);
    expect(open.map(({ id }) => id)).to.deep.equal(Array.from({ length: 200 }, (_, index) => `c-${index}`));
  });

  describe('tells who it is about only as long as the person says so', () => {
    const seen = async (caseId: string): Promise<string> =>
      JSON.stringify([
        await viewCase(ports, { coordinator: ofEtis, caseId }),
        await viewCases(ports, { coordinator: ofAll }),
      ]);
    const traces = (): string[] => [member.id, member.name, member.email, member.personKey];

    it('holds neither name, address nor id before, name, address and lab meanwhile, nothing after', async () => {
      const { id } = await waitingCase();
      await writeInCase(ports, { by: { memberId: member.id }, caseId: id, messageId: 'm', text: 'Bonjour' });
      const before = await seen(id);
      for (const trace of traces()) expect(before).not.to.include(trace);
      await openIdentity(ports, { memberId: member.id, caseId: id });
      const { identity } = await viewCase(ports, { coordinator: ofEtis, caseId: id });
      expect(identity).to.deep.equal({ name: member.name, email: member.email, labId: 'etis' });
      // Those of all labs read the case of a lab, and never learn whose it is.
      const theirs = [
        await viewCase(ports, { coordinator: ofAll, caseId: id }),
        await viewCases(ports, { coordinator: ofAll }),
      ];
      for (const trace of traces()) expect(JSON.stringify(theirs)).not.to.include(trace);
      expect(theirs[0]).to.include({ identityIsOpen: false });
      await hideIdentity(ports, { memberId: member.id, caseId: id });
      const after = await seen(id);
      for (const trace of traces()) expect(after).not.to.include(trace);
    });

    it('tells it to the coordinators of all labs where the person addressed them', async () => {
      const { id } = await asked(allLabs);
      await openIdentity(ports, { memberId: member.id, caseId: id });
      expect((await viewCase(ports, { coordinator: ofAll, caseId: id })).identity?.name).to.equal(member.name);
    });

    it('is not opened where a lab has no coordinators to open it to', async () => {
      const { id } = await asked('stms');
      expect(await viewMyCase(ports, { memberId: member.id, caseId: id })).to.include({ mayOpenIdentity: false });
      await refusedWith('not_allowed', openIdentity(ports, { memberId: member.id, caseId: id }));
    });

    it('forgets it with the closing, whoever closes', async () => {
      const { id } = await asked();
      await openIdentity(ports, { memberId: member.id, caseId: id });
      await closeCase(ports, { by: { coordinator: ofEtis }, caseId: id });
      for (const trace of traces()) expect(await seen(id)).not.to.include(trace);
      await refusedWith('case_over', openIdentity(ports, { memberId: member.id, caseId: id }));
      await refusedWith('case_over', hideIdentity(ports, { memberId: member.id, caseId: id }));
    });

    it('tells the coordinators once that it was opened, and again when it is opened anew', async () => {
      const { id } = await asked();
      const open = (): Promise<void> => openIdentity(ports, { memberId: member.id, caseId: id });
      await Promise.all([open(), open(), open()]);
      programme.moveBy(60_000);
      await open();
      expect(await told('case_answered')).to.deep.equal([ofEtisId]);
      await hideIdentity(ports, { memberId: member.id, caseId: id });
      programme.moveBy(60_000);
      await openIdentity(ports, { memberId: member.id, caseId: id });
      expect(await told('case_answered')).to.deep.equal([ofEtisId, ofEtisId]);
    });
  });

  describe('goes to the coordinators of another lab when the person prefers them', () => {
    it('shows them what is written, hides the name again, and is gone for those who had it', async () => {
      const { id } = await waitingCase();
      await openIdentity(ports, { memberId: member.id, caseId: id });
      await writeInCase(ports, { by: { memberId: member.id }, caseId: id, messageId: 'm', text: 'Bonjour' });
      await moveCase(ports, { memberId: member.id, caseId: id, labId: 'lix' });
      expect(await told('case_opened')).to.deep.equal([ofEtisId, ofLixId]);
      const view = await viewCase(ports, { coordinator: ofLix, caseId: id });
      expect(view.messages).to.have.length(1);
      expect(view).to.include({ identityIsOpen: false }).and.not.have.property('identity');
      await refusedWith('not_found', viewCase(ports, { coordinator: ofEtis, caseId: id }));
    });

    it('tells them each time it comes, and changes nothing when it stays', async () => {
      const { id } = await asked();
      for (const labId of ['etis', 'lix', 'lix', 'etis']) {
        programme.moveBy(60_000);
        await moveCase(ports, { memberId: member.id, caseId: id, labId });
      }
      expect(await told('case_opened')).to.deep.equal([ofEtisId, ofEtisId, ofLixId]);
    });

    it('writes to one mailbox as one recipient, whatever labs it coordinates: its letters are counted together', async () => {
      const [first, second, ...others] = contacts as [CoordinatorContact, CoordinatorContact];
      ports = withCoordinators(programme.ports(), [first, { ...second, email: ' C+lix@ETIS.example' }, ...others]);
      const { id } = await asked();
      for (const labId of ['lix', 'etis', 'lix']) {
        programme.moveBy(60_000);
        await moveCase(ports, { memberId: member.id, caseId: id, labId });
      }
      expect(new Set(await told('case_opened'))).to.deep.equal(new Set([ofEtisId]));
    });

    it('is told to them once although the process died on the way, at whatever write, and the person tries again', async () => {
      for (const write of [1, 2]) {
        const { id } = await waitingCase(write === 1 ? 'waiting' : 'third_lapse');
        const deed = { memberId: member.id, caseId: id, labId: 'lix' };
        const died = await moveCase(dyingAt(ports, { write }), deed).catch((error: unknown) => error);
        expect(died).to.be.instanceOf(Killed);
        await moveCase(ports, deed);
        expect((await kept(id)).labId).to.equal('lix');
        const ofThis = (await programme.connection().collection('outbox').find({ subjectId: id }).toArray()).map(
          ({ memberId }) => String(memberId),
        );
        expect(ofThis.sort()).to.deep.equal([ofEtisId, ofLixId].sort());
      }
    });

    it('is refused for a lab that does not exist, and for a closed case', async () => {
      const { id } = await asked();
      await refusedWith('not_found', moveCase(ports, { memberId: member.id, caseId: id, labId: 'nowhere' }));
      await closeCase(ports, { by: { memberId: member.id }, caseId: id });
      await refusedWith('case_over', moveCase(ports, { memberId: member.id, caseId: id, labId: 'lix' }));
    });
  });

  describe('carries messages both ways', () => {
    it('tells the person of a coordinator’s message, and the coordinators of an answer', async () => {
      const { id } = await waitingCase();
      await writeInCase(ports, { by: { coordinator: ofAll }, caseId: id, messageId: 'one', text: 'Bonjour' });
      expect(await told('case_message')).to.deep.equal([member.id]);
      expect(await viewMyCase(ports, { memberId: member.id, caseId: id })).to.include({ isMyTurn: true });
      await writeInCase(ports, { by: { memberId: member.id }, caseId: id, messageId: 'two', text: 'Merci' });
      expect(await told('case_answered')).to.deep.equal([ofEtisId]);
      const { messages, isTheirTurn } = await viewCase(ports, { coordinator: ofEtis, caseId: id });
      expect(messages.map(({ from, text }) => [from, text])).to.deep.equal([
        ['coordinator', 'Bonjour'],
        ['member', 'Merci'],
      ]);
      expect(isTheirTurn).to.equal(false);
    });

    it('keeps all of thirty messages that both sides write at the same moment', async () => {
      const { id } = await asked();
      await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          writeInCase(ports, {
            by: index % 2 ? { memberId: member.id } : { coordinator: ofEtis },
            caseId: id,
            messageId: `m-${index}`,
            text: `Message ${index}`,
          }),
        ),
      );
      expect((await kept(id)).messages).to.have.length(31);
    });

    it('keeps a form that is sent five times as one message, and tells of it once', async () => {
      const { id } = await asked();
      const again = { by: { coordinator: ofEtis }, caseId: id, messageId: 'same', text: 'Bonjour' } as const;
      await Promise.all(Array.from({ length: 5 }, () => writeInCase(ports, again)));
      expect((await kept(id)).messages).to.have.length(2);
      expect(await told('case_message')).to.deep.equal([member.id]);
    });

    it('loses no message, and tells of it once, when the process dies at any write and the form is sent again', async () => {
      const { id } = await asked();
      for (const [write, messageId] of [
        [1, 'one'],
        [2, 'two'],
      ] as const) {
        const input = { by: { memberId: member.id }, caseId: id, messageId, text: 'Bonjour' };
        expect(await writeInCase(dyingAt(ports, { write }), input).catch((error: unknown) => error)).to.be.instanceOf(
          Killed,
        );
        await writeInCase(ports, input);
      }
      expect((await kept(id)).messages).to.have.length(3);
      expect(await told('case_answered')).to.have.length(2);
    });

    it('refuses what is too long, what comes after closing, and what comes after the last place', async () => {
      const { id } = await asked();
      const write = (text: string, messageId = text): Promise<void> =>
        writeInCase(ports, { by: { memberId: member.id }, caseId: id, messageId, text });
      await refusedWith('message_too_long', write('x'.repeat(caseMessageLength + 1), 'long'));
      for (let index = 1; index < mostCaseMessages; index += 1) await write(`m-${index}`);
      await refusedWith('case_full', write('one more'));
      await closeCase(ports, { by: { memberId: member.id }, caseId: id });
      await refusedWith('case_over', write('after closing'));
      expect((await kept(id)).messages).to.have.length(mostCaseMessages);
    });
  });

  describe('helps the search', () => {
    it('suggests widening once in five days, however often and by however many it is asked', async () => {
      const { id } = await waitingCase();
      const ask = (): Promise<void> => askToWiden(ports, { coordinator: ofEtis, caseId: id });
      await Promise.all(Array.from({ length: 6 }, () => ask().catch(() => undefined)));
      expect(await told('widen_asked')).to.deep.equal([member.id]);
      days(4.9);
      await refusedWith('widening_already_asked', ask());
      days(0.2);
      await ask();
      expect(await told('widen_asked')).to.deep.equal([member.id, member.id]);
    });

    it('makes it the turn of the person until they answer', async () => {
      const { id } = await waitingCase();
      await askToWiden(ports, { coordinator: ofEtis, caseId: id });
      expect(await viewCase(ports, { coordinator: ofEtis, caseId: id })).to.include({ isTheirTurn: true });
      programme.moveBy(60_000);
      await writeInCase(ports, { by: { memberId: member.id }, caseId: id, messageId: 'm', text: 'C’est fait' });
      expect(await viewCase(ports, { coordinator: ofEtis, caseId: id })).to.include({ isTheirTurn: false });
    });

    it('suggests it once although the process died in between', async () => {
      const { id } = await waitingCase();
      for (const write of [1, 2]) {
        const died = askToWiden(dyingAt(ports, { write }), { coordinator: ofEtis, caseId: id });
        expect(await died.catch((error: unknown) => error)).to.be.instanceOf(Killed);
      }
      await askToWiden(ports, { coordinator: ofEtis, caseId: id });
      expect(await told('widen_asked')).to.deep.equal([member.id]);
    });

    it('has the request looked at in the next minutes', async () => {
      await programme.join({ labId: 'lix', offer: {} });
      const { id, requestId = '' } = await waitingCase();
      await runMatchForCase(ports, { coordinator: ofEtis, caseId: id });
      programme.moveBy(11 * 60_000);
      await runWishedMatching(ports);
      expect((await ports.requests.find(requestId))?.status).to.equal('proposed');
      const view = await viewCase(ports, { coordinator: ofEtis, caseId: id });
      expect(view).to.include({ mayAskToWiden: false, mayRunMatch: false });
      expect(view.request).to.include({ state: 'proposed', format: 'six_months', lapses: 0 });
      await refusedWith('request_not_open', runMatchForCase(ports, { coordinator: ofEtis, caseId: id }));
      await refusedWith('request_not_open', askToWiden(ports, { coordinator: ofEtis, caseId: id }));
    });

    it('shows how the search may turn out, as the person sees it, whatever ties there are', async () => {
      for (let index = 0; index < 20; index += 1)
        await programme.join({ labId: 'lix', offer: {}, ties: { avoid: member.ties.self } });
      await takeOutlook(ports);
      const { id } = await waitingCase();
      const { request } = await viewCase(ports, { coordinator: ofEtis, caseId: id });
      expect(request?.outlook).to.deep.include({ outlook: 'several', limits: [] });
      expect(request?.outlook).to.deep.equal((await viewRequest(ports, { memberId: member.id }))?.outlook);
    });

    it('is not for a case without a request', async () => {
      const { id } = await asked();
      await refusedWith('request_not_open', runMatchForCase(ports, { coordinator: ofEtis, caseId: id }));
      expect(await viewCase(ports, { coordinator: ofEtis, caseId: id })).to.not.have.property('request');
    });
  });

  describe('goes with the person', () => {
    it('is in their export with every message, and without the name of the coordinator', async () => {
      const { id, reference } = await asked();
      await writeInCase(ports, { by: { coordinator: ofEtis }, caseId: id, messageId: 'one', text: 'Bonjour' });
      const exported = JSON.stringify(await exportMyData(ports, { memberId: member.id }));
      expect(exported).to.include(reference).and.include('Puis-je vous parler ?').and.include('Bonjour');
      expect(exported).not.to.include('of-etis');
    });

    it('is deleted at once when they leave, open or closed', async () => {
      const open = await waitingCase();
      const { id: closed } = await asked();
      await closeCase(ports, { by: { memberId: member.id }, caseId: closed });
      const other = await askCoordinator(ports, {
        memberId: (await programme.join()).id,
        labId: 'etis',
        attempt: 'theirs',
      });
      await leaveProgramme(ports, { memberId: member.id });
      expect(await ports.cases.find(open.id)).to.equal(undefined);
      expect(await ports.cases.find(closed)).to.equal(undefined);
      expect(await ports.cases.find(other.id)).not.to.equal(undefined);
    });
  });

  describe('is followed', () => {
    const reminders = (): Promise<string[]> => told('case_waiting');

    it('by a reminder after seven open days without an act of either side, then every fourteen', async () => {
      await asked();
      for (const [pause, sum] of [
        [6.9, 0],
        [0.2, 1],
        [13.6, 1],
        [0.5, 2],
      ] as const) {
        days(pause);
        await sweepCases(ports);
        expect(await reminders()).to.have.length(sum);
      }
    });

    it('by a reminder that counts anew from every message, and waits while the lab is closed', async () => {
      const { id } = await asked();
      days(6.9);
      await writeInCase(ports, { by: { coordinator: ofEtis }, caseId: id, messageId: 'm', text: 'Bonjour' });
      days(6.9);
      await sweepCases(ports);
      expect(await reminders()).to.deep.equal([]);
      programme.moveTo(new Date('2026-12-21T08:00:00Z'));
      await writeInCase(ports, { by: { memberId: member.id }, caseId: id, messageId: 'n', text: 'Bonjour' });
      days(7 + 12.9);
      await sweepCases(ports);
      expect(await reminders()).to.deep.equal([]);
      days(0.2);
      await sweepCases(ports);
      expect(await reminders()).to.deep.equal([ofEtisId]);
    });

    it('by one reminder after a month of silence, twice over, and in two copies at once', async () => {
      await asked();
      days(30);
      await Promise.all([sweepCases(ports), sweepCases(ports)]);
      await sweepCases(ports);
      expect(await reminders()).to.deep.equal([ofEtisId]);
    });

    it('until its request is over: matched or closed, it closes within a day; open or proposed, it does not', async () => {
      for (const [status, over] of [
        ['proposed', false],
        ['matched', true],
        ['closed', true],
      ] as const) {
        member = await programme.join({ labId: 'etis' });
        const { id, requestId = '' } = await waitingCase();
        days(1.1);
        await sweepCases(ports);
        expect(await kept(id)).to.include({ status: 'open' });
        if (status === 'proposed') await ports.requests.change(requestId, ['open'], { status });
        else if (status === 'closed') await ports.requests.change(requestId, ['open'], { status, due: null });
        else {
          await ports.requests.change(requestId, ['open'], { status: 'proposed', proposalId: requestId });
          await ports.requests.change(requestId, ['proposed'], { status, due: null });
        }
        days(1);
        await sweepCases(ports);
        expect((await kept(id)).status, status).to.equal(over ? 'closed' : 'open');
      }
    });

    it('to its end: ninety days after closing nothing is left, not a day earlier, whatever the lab’s closures', async () => {
      const { id } = await asked();
      await closeCase(ports, { by: { coordinator: ofEtis }, caseId: id });
      days(30);
      await closeCase(ports, { by: { memberId: member.id }, caseId: id });
      days(59.9);
      await sweepCases(ports);
      expect((await viewMyCase(ports, { memberId: member.id, caseId: id })).messages).to.have.length(1);
      days(0.2);
      await Promise.all([sweepCases(ports), sweepCases(ports)]);
      expect(await ports.cases.find(id)).to.equal(undefined);
      await refusedWith('not_found', viewMyCase(ports, { memberId: member.id, caseId: id }));
    });

    for (const [deed, prepare, expected] of [
      ['reminds once', 7.1, async () => expect(await reminders()).to.deep.equal([ofEtisId])],
      ['deletes', 90.1, async (id: string) => expect(await ports.cases.find(id)).to.equal(undefined)],
    ] as const) {
      it(`${deed} although the process died at any write of the sweep`, async () => {
        for (let write = 1; ; write += 1) {
          const { id } = await asked('etis', `attempt-${write}`);
          if (deed === 'deletes') await closeCase(ports, { by: { memberId: member.id }, caseId: id });
          days(prepare);
          const died: unknown[] = [];
          const mortal = {
            ...dyingAt(ports, { write }),
            noteFailure: (_sweep: string, error: unknown) => died.push(error),
          };
          await sweepCases(mortal).catch((error: unknown) => died.push(error));
          expect(died.filter((error) => !(error instanceof Killed))).to.deep.equal([]);
          await sweepCases(ports);
          await expected(id);
          if (died.length === 0) break;
          await ports.cases.forget(member.id);
          await programme.connection().collection('outbox').deleteMany({});
        }
      });
    }

    it('and is never without something that it waits for', async () => {
      const due = async (): Promise<number> =>
        programme
          .connection()
          .collection('cases')
          .countDocuments({ due: { $exists: false } });
      const { id } = await waitingCase();
      const { id: other } = await asked(allLabs);
      await openIdentity(ports, { memberId: member.id, caseId: id });
      await askToWiden(ports, { coordinator: ofEtis, caseId: id });
      await writeInCase(ports, { by: { coordinator: ofAll }, caseId: other, messageId: 'm', text: 'Bonjour' });
      expect(await due()).to.equal(0);
      days(8);
      await sweepCases(ports);
      expect(await due()).to.equal(0);
      await closeCase(ports, { by: { memberId: member.id }, caseId: id });
      expect(await due()).to.equal(0);
      expect((await kept(id)).due?.step).to.equal('case_purge');
    });
  });
});
