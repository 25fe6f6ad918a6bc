import { expect } from 'chai';
import { charterVersion } from '../../service/domain/charter.ts';
import type { Lab } from '../../service/domain/lab.ts';
import { codeLimits, codeOf, isDomainListed, normaliseCode } from '../../service/domain/own-address.ts';
import { profileOf, requestOf } from '../../service/demo/factories.ts';
import { askToConfirm } from '../../service/usecases/ask-to-confirm.ts';
import { confirmAddress } from '../../service/usecases/confirm-address.ts';
import { dropAddress } from '../../service/usecases/drop-address.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { saveProfile } from '../../service/usecases/save-profile.ts';
import { sendAddressCode } from '../../service/usecases/send-address-code.ts';
import { signCharter } from '../../service/usecases/sign-charter.ts';
import { takeOutlook } from '../../service/usecases/take-outlook.ts';
import { viewDialogue } from '../../service/usecases/view-dialogue.ts';
import { refusedWith } from '../support/refusals.ts';
import { dayMs, useProgramme } from '../support/programme.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';

describe('An address that somebody gives', () => {
  const programme = useProgramme();

  /** ETIS, whose administrator has listed a domain. */
  function listing(...mailDomains: string[]): Ports {
    const ports = programme.ports();
    const etis = { ...ports.rules.labs.get('etis'), mailDomains } as Lab;
    return { ...ports, rules: { ...ports.rules, labs: new Map([...ports.rules.labs, ['etis', etis]]) } };
  }

  const sign = (email: string, platform?: string, ports = programme.ports()) =>
    signCharter(ports, {
      ...{ personKey: `person of ${email}`, labId: 'etis', locale: 'fr', version: charterVersion, name: 'Ada', email },
      ...(platform !== undefined && { platformEmailHash: ports.hasher.email(platform) }),
    });
  const save = (memberId: string, email: string, platform?: string) =>
    saveProfile(programme.ports(), {
      ...{ memberId, name: 'Ada', email, profile: profileOf() },
      ...(platform !== undefined && { platformEmailHash: programme.ports().hasher.email(platform) }),
      ties: { supervisors: [], avoid: [], replace: false },
    });
  const find = async (id: string) => (await programme.ports().members.find(id))!;
  const codeFor = async (id: string) => programme.ports().hasher.code(id, (await find(id)).addressCode?.id ?? '');
  const confirm = async (memberId: string, code?: string) =>
    confirmAddress(programme.ports(), { memberId, code: code ?? (await codeFor(memberId)) });
  const letters = () => programme.notices('address_code');

  it('counts once the code of its letter is typed, however it is typed, and is then an own address', async () => {
    const { id, email, ties } = await sign('ada@home.example');
    expect({ email, self: ties.self }).to.deep.equal({ email: '', self: [] });
    expect(await letters()).to.deep.equal([['address_code', id]]);
    const typed = ` ${(await codeFor(id)).toLowerCase().replace('-', ' ')} `;
    const member = await confirm(id, typed);
    expect(member).to.include({ email: 'ada@home.example', addressProof: 'code' });
    expect(member).not.to.have.any.keys('pendingEmail', 'addressCode');
    expect(member.ties.self).to.deep.equal([programme.ports().hasher.email('ada@home.example')]);
    // The same form, sent twice.
    expect(await confirm(id, typed)).to.deep.equal(member);
  });

  it('needs no code where the platform sends it and an administrator listed its domain for the lab', async () => {
    const domains: [string, boolean][] = [
      ['etis.example', true],
      ['ETIS.example', true],
      ['example', false],
      ['is.example', false],
      ['lab.etis.example', false],
    ];
    for (const [domain, isListed] of domains) expect(isDomainListed('Ada@etis.example', [domain])).to.equal(isListed);
    const trusted = await sign('ada@etis.example', 'ADA@etis.example', listing('etis.example'));
    expect(trusted).to.include({ email: 'ada@etis.example', addressProof: 'platform' });
    const other = await sign('bea@etis.example', 'else@etis.example', listing('etis.example'));
    const unlisted = await sign('cleo@etis.example', 'cleo@etis.example', listing('lix.example'));
    const silent = await sign('dora@etis.example', undefined, listing('etis.example'));
    for (const member of [other, unlisted, silent]) {
      expect(member).to.not.have.property('addressProof');
      expect(member.email).to.equal('');
    }
    // The platform's counts for ties all the same, and so does none that somebody only typed.
    expect(other.ties.self).to.deep.equal([programme.ports().hasher.email('else@etis.example')]);
  });

  it('is tried five times at most, also when all tries come at once, and a new code begins anew', async () => {
    const { id } = await sign('ada@home.example');
    const right = await codeFor(id);
    const tries = Array.from({ length: 40 }, () =>
      confirm(id, 'BBBB-BBBB').catch((error: unknown) => (error as Error).message),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer === 'code_wrong')).to.have.length(codeLimits.tries);
    expect(answers.filter((answer) => answer === 'code_over')).to.have.length(40 - codeLimits.tries);
    await refusedWith('code_over', confirm(id, right));
    await sendAddressCode(programme.ports(), { memberId: id });
    await refusedWith('code_wrong', confirm(id, right));
    expect(await confirm(id)).to.include({ addressProof: 'code' });
  });

  it('has a code for fourteen days, and of two letters the last one’s', async () => {
    const { id } = await sign('ada@home.example');
    programme.moveBy(codeLimits.days * dayMs + 1);
    await refusedWith('code_over', confirm(id));
    await sendAddressCode(programme.ports(), { memberId: id });
    programme.moveBy(codeLimits.days * dayMs);
    expect(await confirm(id)).to.include({ addressProof: 'code' });
  });

  it('has five codes a day, whichever way they are asked for', async () => {
    const { id } = await sign('one@home.example');
    await save(id, 'two@home.example');
    await save(id, 'two@home.example');
    await dropAddress(programme.ports(), { memberId: id });
    await save(id, 'two@home.example');
    await sendAddressCode(programme.ports(), { memberId: id });
    await sendAddressCode(programme.ports(), { memberId: id });
    await refusedWith('codes_sent', sendAddressCode(programme.ports(), { memberId: id }));
    await refusedWith('codes_sent', save(id, 'three@home.example'));
    expect(await letters()).to.have.length(5);
    programme.moveBy(dayMs);
    await save(id, 'three@home.example');
    expect(await letters()).to.have.length(6);
  });

  it('leaves the confirmed one in force until its own code comes, and can be taken back', async () => {
    const member = await programme.join({ email: 'ada@etis.example' });
    await save(member.id, 'mistpyed@home.example');
    expect(await find(member.id)).to.include({ email: 'ada@etis.example', pendingEmail: 'mistpyed@home.example' });
    const late = await codeFor(member.id);
    await dropAddress(programme.ports(), { memberId: member.id });
    // Whoever confirmed before is answered so; nothing of the typed one is left, in the ties neither.
    await confirm(member.id, late);
    const after = await find(member.id);
    expect(after).to.include({ email: 'ada@etis.example' });
    expect(after).not.to.have.any.keys('pendingEmail', 'addressCode');
    expect(after.ties.self).to.deep.equal(member.ties.self);
    await save(member.id, 'else@home.example');
    await save(member.id, 'ADA@etis.example');
    expect(await find(member.id)).not.to.have.property('pendingEmail');
  });

  it('is confirmed beside a profile that is saved at the same time: neither is lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await sign(`ada${round}@home.example`);
      await save(id, `ada${round}@home.example`);
      const code = await codeFor(id);
      const ties = { supervisors: ['boss@etis.example'], avoid: [], replace: false };
      const profile = { ...profileOf(), careerStage: 'support' as const };
      await Promise.all([
        confirm(id, code),
        saveProfile(programme.ports(), { memberId: id, name: 'Eve', email: `ada${round}@home.example`, profile, ties }),
      ]);
      const member = await find(id);
      expect(member).to.include({ name: 'Eve', addressProof: 'code' });
      expect([member.ties.self.length, member.ties.supervisors.length]).to.deep.equal([1, 1]);
    }
  });

  it('brings nobody a proposal before it counts, as who asks or as mentor, and no place in the outlook', async () => {
    const strip = async (id: string) =>
      programme
        .connection()
        .collection<{ _id: string }>('members')
        .updateOne({ _id: id }, { $unset: { addressProof: 1 } });
    const { mentor, mentee, request } = await programme.joinPair();
    const status = async () => (await programme.ports().requests.find(request.id))?.status;
    await strip(mentor.id);
    await runMatching(programme.ports(), { key: 'one' });
    expect(await status()).to.equal('open');
    await takeOutlook(programme.ports());
    expect(JSON.stringify(await programme.ports().outlooks.find())).not.to.match(/"several"/);
    await programme.ports().members.change(mentor.id, ['active'], { addressProof: 'code' });
    await strip(mentee.id);
    await runMatching(programme.ports(), { key: 'two' });
    expect(await status()).to.equal('open');
    await programme.ports().members.change(mentee.id, ['active'], { addressProof: 'code' });
    await runMatching(programme.ports(), { key: 'three' });
    expect(await status()).to.equal('proposed');
  });

  it('wakes the matching for a mentor whose address counts at last', async () => {
    const mentor = await programme.join({ labId: 'lix', offer: {} });
    await programme
      .connection()
      .collection<{ _id: string }>('members')
      .updateOne({ _id: mentor.id }, { $unset: { addressProof: 1 } });
    await save(mentor.id, 'new@home.example');
    const asking = await programme.join();
    await programme.ports().requests.insert(requestOf({ memberId: asking.id }));
    const before = await programme.ports().wishes.find();
    await confirm(mentor.id);
    expect(await programme.ports().wishes.find()).not.to.deep.equal(before);
  });

  it('is shown to the partner only if it counts', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id])
      await answerProposal(programme.ports(), { proposalId, memberId, answer: 'yes' });
    const shown = async () =>
      (await viewDialogue(programme.ports(), { dialogueId: proposalId, memberId: mentee.id })).partner?.email;
    expect(await shown()).to.equal(mentor.email);
    await save(mentor.id, 'coordination@cnrs.example');
    expect(await shown()).to.equal(mentor.email);
    await confirm(mentor.id);
    expect(await shown()).to.equal('coordination@cnrs.example');
  });

  it('of before, which only its person typed, is sent one code by the service itself, and letters go there meanwhile', async () => {
    const member = await programme.join({ email: 'old@home.example' });
    const gone = await programme.join({ status: 'withdrawn', email: 'gone@home.example' });
    for (const { id, email } of [member, gone]) {
      await programme.ports().members.change(id, ['active', 'withdrawn'], { pendingEmail: email, addressProof: null });
    }
    expect(await askToConfirm(programme.ports())).to.deep.equal({ done: 1, failed: 0 });
    expect(await askToConfirm(programme.ports())).to.deep.equal({ done: 0, failed: 0 });
    expect(await programme.notices('address_asked')).to.deep.equal([['address_asked', member.id]]);
    expect(await find(member.id)).to.include({ email: 'old@home.example' });
    expect(await confirm(member.id)).to.include({ email: 'old@home.example', addressProof: 'code' });
  });

  it('is another one under another tag, or none: a code of the one is no proof of the other', async () => {
    const { id } = await sign('ada+one@home.example');
    const one = await codeFor(id);
    await save(id, 'ada@home.example');
    await refusedWith('code_wrong', confirm(id, one));
    await confirm(id);
    for (const typed of ['ada+coordination@home.example', '+33699999999@sms.example']) {
      await save(id, typed);
      expect(await find(id)).to.include({ email: 'ada@home.example', pendingEmail: typed });
    }
    const tagged = await sign('bea+tag@etis.example', 'bea@etis.example', listing('etis.example'));
    expect(tagged).to.not.have.property('addressProof');
    const { hasher } = programme.ports();
    expect(hasher.email('+33611111111@sms.example')).to.not.equal(hasher.email('+33699999999@sms.example'));
  });

  it('is answered truly when a new code, a withdrawal or the same form comes between', async () => {
    const between = (act: (id: string) => Promise<unknown>): Ports => {
      const ports = programme.ports();
      const tryCode: Ports['members']['tryCode'] = async (id, codeId, most) => {
        const mayTry = await ports.members.tryCode(id, codeId, most);
        await act(id);
        return mayTry;
      };
      return { ...ports, members: { ...ports.members, tryCode } };
    };
    const acts: [string, (memberId: string) => Promise<unknown>][] = [
      ['resend', (memberId) => sendAddressCode(programme.ports(), { memberId })],
      ['drop', (memberId) => dropAddress(programme.ports(), { memberId })],
    ];
    for (const [name, act] of acts) {
      const { id } = await sign(`${name}@home.example`);
      const code = await codeFor(id);
      await refusedWith('code_over', confirmAddress(between(act), { memberId: id, code }));
      expect(await find(id)).not.to.have.property('addressProof');
    }
    const { id } = await sign('twice@home.example');
    const code = await codeFor(id);
    const late = { ...programme.ports().members, tryCode: async () => (await confirm(id, code), false) };
    const answer = await confirmAddress({ ...programme.ports(), members: late }, { memberId: id, code });
    expect(answer).to.include({ email: 'twice@home.example', addressProof: 'code' });
  });

  it('that would be one too many is refused before a letter leaves', async () => {
    const self = Array.from({ length: 12 }, (_, at) => `hash ${at}`);
    const member = await programme.join({ ties: { self } });
    await refusedWith('addresses_full', save(member.id, 'more@home.example'));
    expect(await letters()).to.deep.equal([]);
  });

  it('of before is asked for again after a crash, and by two copies at once gets one code that is taken', async () => {
    const member = await programme.join({ email: 'old@home.example' });
    await programme.ports().members.change(member.id, ['active'], { pendingEmail: member.email, addressProof: null });
    const ports = programme.ports();
    const away = { ...ports.outbox, enqueue: () => Promise.reject(new Error('the database is away')) };
    await askToConfirm({ ...ports, outbox: away });
    expect(programme.failures()).to.have.length(1);
    await Promise.all([askToConfirm(ports), askToConfirm(ports)]);
    const { addressCode } = await find(member.id);
    const kept = await programme.connection().collection('outbox').find({ kind: 'address_asked' }).toArray();
    expect(kept.map(({ subjectId }) => String(subjectId))).to.include(addressCode?.id);
    expect(await confirm(member.id)).to.include({ addressProof: 'code' });
  });

  it('has codes of eight consonants, another one for other bytes', () => {
    const seen = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const code = codeOf(new Uint8Array(16).fill(byte));
      expect(code).to.match(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
      expect(normaliseCode(` ${code.toLowerCase()}.`)).to.equal(code.replace('-', ''));
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    expect(seen.size).to.equal(256);
  });
});
