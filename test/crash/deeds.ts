// What people do in the crash test, one name each: the real use cases, with answers that a parent process can read.
import { charterVersion } from '../../service/domain/charter.ts';
import type { LabId } from '../../service/domain/terms.ts';
import { agreeMeeting } from '../../service/usecases/agree-meeting.ts';
import { answerFitCheck } from '../../service/usecases/answer-fit-check.ts';
import { answerProposal, type AnswerInput } from '../../service/usecases/answer-proposal.ts';
import { cancelMeeting } from '../../service/usecases/cancel-meeting.ts';
import { changeWishes } from '../../service/usecases/change-wishes.ts';
import { confirmAddress } from '../../service/usecases/confirm-address.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { holdDialogue, resumeDialogue } from '../../service/usecases/hold-dialogue.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { moveMeeting } from '../../service/usecases/move-meeting.ts';
import { openRequest } from '../../service/usecases/open-request.ts';
import { pauseMentoring } from '../../service/usecases/pause-mentoring.ts';
import { pauseParticipation, resumeParticipation } from '../../service/usecases/pause-participation.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { saveMentoring } from '../../service/usecases/save-mentoring.ts';
import { saveProfile } from '../../service/usecases/save-profile.ts';
import { signCharter } from '../../service/usecases/sign-charter.ts';
import { suggestMeeting } from '../../service/usecases/suggest-meeting.ts';
import { viewHome } from '../../service/usecases/view-home.ts';
import { withdrawOffer } from '../../service/usecases/withdraw-offer.ts';
import { withdrawRequest } from '../../service/usecases/withdraw-request.ts';
import { startsOnOffer } from '../support/times.ts';

interface Own {
  readonly memberId: string;
}
interface OwnMeeting extends Own {
  readonly meetingId: string;
  readonly sequence: number;
}

const wishes = { topics: ['career_project'], keptForConversation: true, labPreference: 'any' } as const;

export const deeds = {
  async sign(ports: Ports, person: { personKey: string; labId: LabId; name: string; email: string }) {
    const { id } = await signCharter(ports, { ...person, locale: 'fr', version: charterVersion });
    return { memberId: id };
  },

  async describe(ports: Ports, input: Own & { name: string; email: string; team: string; avoid: readonly string[] }) {
    const { memberId, name, email, team, avoid } = input;
    const windows = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 9 * 60, to: 18 * 60 }));
    await saveProfile(ports, {
      ...{ memberId, name, email },
      profile: {
        careerStage: 'doctoral',
        languages: ['fr'],
        modalities: ['video'],
        availability: { anyTime: false, windows, absences: [] },
      },
      ties: { team, supervisors: [], avoid, replace: false },
    });
    // They have read the letter.
    const { addressCode } = (await ports.members.find(memberId)) ?? {};
    if (addressCode) await confirmAddress(ports, { memberId, code: ports.hasher.code(memberId, addressCode.id) });
  },

  async offer(ports: Ports, { memberId, capacity }: Own & { capacity: number }) {
    const offer = {
      topics: ['career_project'],
      formats: ['one_off', 'six_months'],
      keptForConversation: true,
    } as const;
    await saveMentoring(ports, { memberId, form: { offer: { ...offer, capacity } } });
  },

  /** What the person would see on the first page, as far as it leads to another deed. */
  async look(ports: Ports, { memberId }: Own) {
    const { member, request, proposals, dialogues } = await viewHome(ports, { memberId });
    return {
      offers: member.offer !== undefined,
      isResting: member.status === 'paused',
      requestId: request?.id,
      proposals: proposals.map(({ id, view }) => ({ id, view })),
      dialogues: dialogues.map(({ id, side, status, planned }) => ({
        ...{ id, side, status },
        planned: planned && {
          meetingId: planned.id,
          status: planned.status,
          sequence: planned.sequence,
          isMine: planned.suggestedById === memberId,
        },
      })),
    };
  },

  async ask(ports: Ports, { memberId }: Own) {
    const { id } = await openRequest(ports, { memberId, wishes: { ...wishes, format: 'one_off' }, message: 'A word.' });
    return { requestId: id };
  },

  async wish(ports: Ports, { memberId, format }: Own & { format: 'one_off' | 'six_months' }) {
    await changeWishes(ports, { memberId, wishes: { ...wishes, format } });
  },

  withdraw: (ports: Ports, input: Own) => withdrawRequest(ports, input),

  async answer(ports: Ports, input: AnswerInput) {
    return { dialogueId: (await answerProposal(ports, input)).dialogueId };
  },

  /** One of the times on offer; undefined when there is none. */
  async suggest(ports: Ports, { memberId, dialogueId, pick }: Own & { dialogueId: string; pick: number }) {
    const starts = await startsOnOffer(ports, { memberId, dialogueId });
    const startsAt = starts[pick % Math.max(1, starts.length)];
    if (!startsAt) return undefined;
    const { id } = await suggestMeeting(ports, { memberId, dialogueId, startsAt, modality: 'video' });
    return { meetingId: id };
  },

  /** To another of the times on offer, if it is the person's turn to ask. */
  async move(ports: Ports, { memberId, dialogueId, pick, ...seen }: OwnMeeting & { dialogueId: string; pick: number }) {
    const starts = await startsOnOffer(ports, { memberId, dialogueId });
    const startsAt = starts[pick % Math.max(1, starts.length)];
    if (startsAt) await moveMeeting(ports, { memberId, ...seen, startsAt, modality: 'video' });
  },

  async agree(ports: Ports, input: OwnMeeting) {
    await agreeMeeting(ports, input);
  },

  async cancel(ports: Ports, input: OwnMeeting) {
    await cancelMeeting(ports, input);
  },

  end: (ports: Ports, input: Own & { dialogueId: string }) => endDialogue(ports, input),

  hold: (ports: Ports, input: Own & { dialogueId: string }) => holdDialogue(ports, input),
  resume: (ports: Ports, input: Own & { dialogueId: string }) => resumeDialogue(ports, input),

  fit: (ports: Ports, input: Own & { dialogueId: string }) => answerFitCheck(ports, { ...input, answer: 'unsure' }),

  async rest(ports: Ports, input: Own) {
    await pauseParticipation(ports, input);
  },
  async takePart(ports: Ports, input: Own) {
    await resumeParticipation(ports, input);
  },

  async pause(ports: Ports, { memberId, until }: Own & { until: string | undefined }) {
    await pauseMentoring(ports, { memberId, ...(until !== undefined && { until }) });
  },

  async withdrawOffer(ports: Ports, input: Own) {
    await withdrawOffer(ports, input);
  },

  leave: (ports: Ports, input: Own) => leaveProgramme(ports, input),
};

export type Deeds = typeof deeds;
export type DeedName = keyof Deeds;
export type InputOf<N extends DeedName> = Parameters<Deeds[N]>[1];
export type ResultOf<N extends DeedName> = Awaited<ReturnType<Deeds[N]>>;
