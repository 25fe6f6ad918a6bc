import { expect } from 'chai';
import { charterVersion } from '../../service/domain/charter.ts';
import { recipientIdOf, type CoordinatorContact } from '../../service/domain/coordinator.ts';
import type { Dialogue } from '../../service/domain/dialogue.ts';
import { type Member } from '../../service/domain/member.ts';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import type { MentoringRequest } from '../../service/domain/mentoring-request.ts';
import { noticeTiming, optionalNudges, type NoticeKind } from '../../service/domain/notice.ts';
import { daysAgo, dialogueOf, meetingOf, requestOf, type MemberFacts } from '../../service/demo/factories.ts';
import { createLoad, type LoadPorts } from '../../service/mail/load.ts';
import { noticeRows } from '../../service/mail/notices.ts';
import type { MailFacts } from '../../service/mail/ports.ts';
import { mailTexts } from '../../views/mails/engine.ts';
import { aNotice, renderOne } from '../support/mail.ts';
import { useProgramme, withCoordinators } from '../support/programme.ts';

type Loaded = Promise<MailFacts | undefined>;

/** What a record is like when the notice is true, and what may have become of it before the mail leaves. */
interface Row<Facts> {
  readonly still: Facts;
  readonly gone: Readonly<Record<string, Facts>>;
}

const outdated = { version: '2025-01', signedAt: daysAgo(300), askedAt: daysAgo(20) };
const current = { version: charterVersion, signedAt: daysAgo(1) };
const longAgo = '2025-12-10';

const ofMembers: Partial<Record<NoticeKind, Row<MemberFacts>>> = {
  draft_reminder: {
    still: { profile: null, charter: { version: charterVersion, signedAt: daysAgo(8) } },
    gone: { 'is described now': {} },
  },
  availability_confirm: {
    still: { offer: { confirmedAt: daysAgo(210) } },
    gone: {
      'has confirmed': { offer: { confirmedAt: daysAgo(1) } },
      'has paused': { offer: { confirmedAt: daysAgo(210), pausedUntil: untilResumed } },
      'offers nothing any more': {},
    },
  },
  availability_paused: { still: { offer: { pausedUntil: untilResumed } }, gone: { 'has resumed': { offer: {} } } },
  mentor_auto_paused: { still: { offer: { pausedUntil: untilResumed } }, gone: { 'has resumed': { offer: {} } } },
  charter_renewal: { still: { charter: outdated }, gone: { 'has signed': { charter: current } } },
  charter_paused: {
    still: { charter: { ...outdated, pausedAt: daysAgo(1) } },
    gone: { 'has signed': { charter: current } },
  },
  exclusion_told: { still: { status: 'excluded' }, gone: { 'takes part again': {} } },
  inactive_notice: { still: { seenOn: longAgo }, gone: { 'was here': { seenOn: '2026-11-15' } } },
};

const active = {
  status: 'active',
  introducedAt: daysAgo(150),
  activeSince: daysAgo(31),
  lastSignAt: daysAgo(31),
} as const;
const closed = { status: 'closed', closing: 'completed', closedAt: daysAgo(0) } as const;

/** As the mentee is told. */
const ofDialogues: Partial<Record<NoticeKind, Row<Partial<Dialogue>>>> = {
  dialogue_introduced: { still: {}, gone: { 'is over': closed } },
  first_meeting_nudge: { still: {}, gone: { 'has begun': active, 'is over': closed } },
  no_contact_question: { still: {}, gone: { 'has begun': active, 'is over': closed } },
  fit_check: {
    still: { ...active, firstHeldAt: daysAgo(3), fitAnswered: { mentor: true } },
    gone: { 'was answered by this person': { ...active, fitAnswered: { mentee: true } }, 'is over': closed },
  },
  pulse: {
    still: active,
    gone: { 'gave a sign': { ...active, lastSignAt: daysAgo(0.5) }, rests: { ...active, status: 'on_hold' } },
  },
  inactivity_reminder: {
    still: { ...active, lastSignAt: daysAgo(50) },
    gone: { 'gave a sign': { ...active, lastSignAt: daysAgo(1) }, rests: { ...active, status: 'on_hold' } },
  },
  closing_offered: {
    still: { ...active, lastSignAt: daysAgo(118) },
    gone: { 'gave a sign': active, 'is over': closed },
  },
  hold_question: {
    still: { ...active, status: 'on_hold', heldSince: daysAgo(62) },
    gone: { 'goes on': active, 'rests anew': { ...active, status: 'on_hold', heldSince: daysAgo(2) } },
  },
  dialogue_on_hold: { still: { ...active, status: 'on_hold', heldSince: daysAgo(0) }, gone: { 'goes on': active } },
  dialogue_resumed: { still: active, gone: { 'rests again': { ...active, status: 'on_hold' }, 'is over': closed } },
  end_notice: {
    still: { ...active, plannedEndOn: '2026-12-10', renewal: { mentor: true } },
    gone: {
      'was extended': { ...active, plannedEndOn: '2027-06-10' },
      'has this person’s yes already': { ...active, plannedEndOn: '2026-12-10', renewal: { mentee: true } },
      'cannot be extended': { ...active, plannedEndOn: '2026-12-10', format: 'one_off' },
    },
  },
  dialogue_renewed: { still: active, gone: { 'is over': closed } },
};

describe('a notice that waited', () => {
  const programme = useProgramme();
  let member: Member;

  const load = (kind: NoticeKind, subjectId: string, parts: { to?: string; ports?: Partial<LoadPorts> } = {}): Loaded =>
    createLoad({ ...programme.ports(), ...parts.ports })(
      aNotice({ key: `${kind}:0`, kind, memberId: parts.to ?? member.id, subjectId }),
    );
  /** It can be written, too: a date or a name that is missing would be an error. */
  const expectLetter = (kind: NoticeKind, facts: MailFacts | undefined): void => {
    expect(facts, kind).to.not.equal(undefined);
    renderOne(aNotice({ kind }), facts!);
  };

  beforeEach(async () => {
    member = await programme.join();
  });

  for (const [kind, { still, gone }] of Object.entries(ofMembers) as [NoticeKind, Row<MemberFacts>][]) {
    it(`of the kind ${kind} leaves while it is true of the member`, async () => {
      const { id } = await programme.join(still);
      expectLetter(kind, await load(kind, id, { to: id }));
    });
    for (const [what, facts] of Object.entries(gone)) {
      it(`of the kind ${kind} is dropped when the member ${what}`, async () => {
        const { id } = await programme.join(facts);
        expect(await load(kind, id, { to: id })).to.equal(undefined);
      });
    }
  }

  for (const [kind, { still, gone }] of Object.entries(ofDialogues) as [NoticeKind, Row<Partial<Dialogue>>][]) {
    const dialogue = async (facts: Partial<Dialogue>): Promise<string> => {
      const partner = await programme.join({ labId: 'lix' });
      const one = dialogueOf({ ...facts, menteeId: member.id, mentorId: partner.id });
      await programme.ports().dialogues.insert(one);
      return one.id;
    };
    it(`of the kind ${kind} leaves while it is true of the dialogue`, async () => {
      expectLetter(kind, await load(kind, await dialogue(still)));
    });
    for (const [what, facts] of Object.entries(gone)) {
      it(`of the kind ${kind} is dropped when the dialogue ${what}`, async () => {
        expect(await load(kind, await dialogue(facts))).to.equal(undefined);
      });
    }
    if (!kind.startsWith('first_meeting')) continue;
    it(`of the kind ${kind} is dropped when a meeting is planned meanwhile`, async () => {
      const dialogueId = await dialogue(still);
      await programme.ports().meetings.insert(meetingOf({ dialogueId }));
      expect(await load(kind, dialogueId)).to.equal(undefined);
    });
  }

  for (const kind of ['waiting_news', 'request_expiry_notice', 'widen_asked'] as const) {
    it(`of the kind ${kind} leaves while the request is open, to its owner only`, async () => {
      const request = requestOf({ memberId: member.id, openedAt: daysAgo(80) });
      await programme.ports().requests.insert(request);
      expectLetter(kind, await load(kind, request.id));
      const other = await programme.join();
      expect(await load(kind, request.id, { to: other.id })).to.equal(undefined);
    });
    const became = async (facts: Partial<MentoringRequest>): Loaded => {
      const { id: memberId } = await programme.join();
      const request = requestOf({ memberId, openedAt: daysAgo(80), ...facts });
      await programme.ports().requests.insert(request);
      return load(kind, request.id, { to: memberId });
    };
    it(`of the kind ${kind} is dropped when the request is matched or closed`, async () => {
      expect(await became({ status: 'matched', proposalId: 'p' })).to.equal(undefined);
      expect(await became({ status: 'closed', outcome: 'withdrawn' })).to.equal(undefined);
    });
    const tellsADay = kind === 'request_expiry_notice';
    it(`of the kind ${kind} ${tellsADay ? 'leaves' : 'is dropped'} while a proposal is under way`, async () => {
      expect((await became({ status: 'proposed', proposalId: 'p' })) !== undefined).to.equal(tellsADay);
    });
  }

  it('that a request expired is dropped when the person has asked again', async () => {
    expectLetter('request_expired', await load('request_expired', 'any'));
    await programme.ports().requests.insert(requestOf({ memberId: member.id }));
    expect(await load('request_expired', 'any')).to.equal(undefined);
  });

  it('about the survey leaves with a link made for this mail, and not without one', async () => {
    const one = dialogueOf({ status: 'closing', closingSince: daysAgo(1), menteeId: member.id });
    await programme.ports().dialogues.insert(one);
    const ownUrl = 'https://programme.example/survey/token';
    const facts = await load('closing_survey', one.id, { ports: { surveyLink: () => Promise.resolve(ownUrl) } });
    expect(facts).to.include({ ownUrl }).and.not.have.property('partner');
    expect(renderOne(aNotice({ kind: 'closing_survey' }), facts!).text).to.include(ownUrl);
    const off = { surveyLink: () => Promise.resolve(undefined) };
    expect(await load('closing_survey', one.id, { ports: off })).to.equal(undefined);
  });

  it('is dropped for whoever switched nudges off if it only nudges, and leaves if it does more', async () => {
    const partner = await programme.join({ labId: 'lix' });
    const { id } = await programme.join({ nudgesOff: true });
    const dialogue = dialogueOf({ menteeId: id, mentorId: partner.id });
    await programme.ports().dialogues.insert(dialogue);
    expect(await load('first_meeting_nudge', dialogue.id, { to: partner.id })).to.not.equal(undefined);
    for (const kind of optionalNudges) expect(await load(kind, dialogue.id, { to: id }), kind).to.equal(undefined);
    for (const kind of ['dialogue_introduced', 'no_contact_question'] as const) {
      expect(await load(kind, dialogue.id, { to: id }), kind).to.not.equal(undefined);
    }
  });

  describe('about a case', () => {
    const aCase = async (
      messages: ('member' | 'coordinator')[],
      status: 'open' | 'closed' = 'open',
    ): Promise<string> => {
      const id = programme.ports().newId();
      const written = messages.map((from, index) => ({ id: `${id}-${index}`, from, text: 'conflit', at: daysAgo(1) }));
      const facts = {
        kind: 'waiting',
        labId: 'etis',
        memberId: member.id,
        openedAt: daysAgo(9),
        quietSince: daysAgo(8),
      } as const;
      const due = { step: 'case_reminder', at: daysAgo(-1) };
      await programme.ports().cases.insert({ id, key: id, status, due, messages: written, ...facts });
      return id;
    };
    const contact: CoordinatorContact = {
      id: 'c1',
      role: 'lab_coordinator',
      labId: 'etis',
      email: 'c@etis.example',
      locale: 'fr',
    };
    const to = recipientIdOf(contact);
    const withContacts = (...contacts: CoordinatorContact[]): Pick<LoadPorts, 'coordinators'> => ({
      coordinators: withCoordinators(programme.ports(), contacts).coordinators,
    });

    it('tells the person that the coordination wrote until they answer, and nobody else', async () => {
      expectLetter('case_message', await load('case_message', await aCase(['coordinator'])));
      expect(await load('case_message', await aCase(['coordinator', 'member']))).to.equal(undefined);
      const other = await programme.join();
      expect(await load('case_message', await aCase(['coordinator']), { to: other.id })).to.equal(undefined);
    });

    it('reaches a coordinator while the case is open, and tells nothing of it', async () => {
      const open = await aCase(['member']);
      const over = await aCase(['member'], 'closed');
      for (const kind of ['case_opened', 'case_answered', 'case_waiting'] as const) {
        const facts = await load(kind, open, { to, ports: withContacts(contact) });
        expect(facts).to.have.all.keys('addressee');
        expect(facts?.addressee).to.include({ email: 'c@etis.example', name: '', labId: 'etis' });
        expect(JSON.stringify(renderOne(aNotice({ kind }), facts!))).to.not.match(/conflit|member-/);
        expect(await load(kind, over, { to, ports: withContacts(contact) })).to.equal(undefined);
      }
    });

    it('asks for a lab’s referral sheet until somebody has verified it', async () => {
      const due = { step: 'sheet_ask', at: daysAgo(-90) };
      const sheet = { id: 'etis', status: 'asked', due } as const;
      await programme.ports().referralSheets.insert({ ...sheet, since: daysAgo(125) });
      const check = (): Loaded => load('referral_check', 'etis', { to, ports: withContacts(contact) });
      expectLetter('referral_check', await check());
      await programme.ports().referralSheets.verify('etis', { at: daysAgo(1), due });
      expect(await check()).to.equal(undefined);
    });

    it('is dropped for a coordinator without an address, or who is none any more', async () => {
      const { email: _, ...without } = contact;
      const open = await aCase(['member']);
      expect(await load('case_opened', open, { to, ports: withContacts(without) })).to.equal(undefined);
      expect(await load('case_opened', open, { to, ports: withContacts() })).to.equal(undefined);
    });

    it('reaches coordinators of all labs by the programme’s own calendar, on no holiday of its zone', async () => {
      const crossLab = {
        id: 'c1',
        role: 'cross_lab_coordinator',
        email: 'c@example.org',
        name: 'Cléo',
        locale: 'en',
      } as const;
      const facts = await load('case_opened', await aCase([]), { to, ports: withContacts(crossLab) });
      expect(facts?.addressee).to.deep.include({
        name: 'Cléo',
        labId: '',
        calendar: { zone: 'Europe/Paris', closures: [], holidays: 'france' },
      });
    });
  });

  it('has a text that says until when, in both languages, wherever something ends by itself', () => {
    const ending = [
      'draft_reminder',
      'request_expiry_notice',
      'closing_offered',
      'hold_question',
      'end_notice',
    ] as const;
    for (const kind of [...ending, 'charter_renewal', 'inactive_notice', 'availability_confirm'] as const) {
      for (const locale of ['fr', 'en'] as const) {
        expect(mailTexts[locale].notices[kind].paragraphs.join(' '), kind).to.include('{{until}}');
      }
    }
  });

  it('about a coordinator’s work never reaches a member by mistake', async () => {
    const kinds = (Object.keys(noticeTiming) as NoticeKind[]).filter(
      (kind) => noticeRows[kind].about === 'coordinator',
    );
    for (const kind of kinds) expect(await load(kind, 'any'), kind).to.equal(undefined);
  });
});
