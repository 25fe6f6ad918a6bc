// A day of everybody in the seed: who answers, who suggests a time, who agrees, who ends a dialogue.
import type { Dialogue } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Meeting } from '../domain/meeting.ts';
import { sideOf, viewOf } from '../domain/proposal.ts';
import { agreeMeeting } from '../usecases/agree-meeting.ts';
import { answerProposal } from '../usecases/answer-proposal.ts';
import { cancelMeeting } from '../usecases/cancel-meeting.ts';
import { endDialogue } from '../usecases/end-dialogue.ts';
import type { Ports } from '../usecases/ports.ts';
import { suggestMeeting } from '../usecases/suggest-meeting.ts';
import { viewDialogue } from '../usecases/view-dialogue.ts';
import { temperOf } from './characters.ts';
import type { DemoPerson } from './people.ts';

interface Living {
  readonly person: DemoPerson;
  readonly memberId: string;
}

export interface Day {
  readonly day: number;
  readonly days: number;
}

const endOfTime = new Date(8_640_000_000_000_000);
const all = 1000;

/**
 * Everybody looks at what waits for them in the morning, and acts in the same order each time. Whatever lives has a due
 * instant, so a look at what is due some day shows all of it.
 */
export async function liveADay(ports: Ports, members: readonly Living[], day: Day): Promise<void> {
  const [proposals, dialogues] = await Promise.all([
    ports.proposals.listDue(endOfTime, all),
    ports.dialogues.listDue(endOfTime, all),
  ]);
  const meetings = await Promise.all(dialogues.map(({ id }) => ports.meetings.findPlanned(id)));
  for (const living of members) {
    const isOwn = (pair: { menteeId: string; mentorId: string }): boolean =>
      pair.menteeId === living.memberId || pair.mentorId === living.memberId;
    for (const proposal of proposals.filter(isOwn)) {
      const view = viewOf(proposal, sideOf(proposal, living.memberId));
      if (view === 'waiting_for_you') await answer(ports, living, { ...day, proposalId: proposal.id });
    }
    for (const [index, dialogue] of dialogues.entries()) {
      if (isOwn(dialogue)) await talk(ports, living, { ...day, dialogue, planned: meetings[index] });
    }
  }
}

async function answer(
  ports: Ports,
  { person, memberId }: Living,
  { day, days, proposalId }: Day & { proposalId: string },
): Promise<void> {
  const temper = temperOf(person);
  const declines = temper === 'declines' && day % 3 === 0;
  // In the last days only some have answered: the demonstration begins with proposals that wait.
  const isLate = days - day <= 4 && person.number % 3 !== 0;
  if (temper === 'silent' || isLate || (temper === 'slow' && day % 3 !== 0)) return;
  await unlessOvertaken(answerProposal(ports, { memberId, proposalId, answer: declines ? 'no' : 'yes' }));
}

type Talk = Day & { readonly dialogue: Dialogue; readonly planned: Meeting | undefined };

async function talk(ports: Ports, { person, memberId }: Living, { day, days, dialogue, planned }: Talk): Promise<void> {
  const { id: dialogueId, status } = dialogue;
  const side = sideOf(dialogue, memberId);
  const { number } = person;
  const meeting = planned && { memberId, meetingId: planned.id, sequence: planned.sequence };
  if (planned?.status === 'suggested' && planned.suggestedById !== memberId) {
    if (meeting && days - day > 2) await unlessOvertaken(agreeMeeting(ports, meeting));
  } else if (planned?.status === 'agreed' && number % 19 === 7 && status === 'introduced') {
    if (meeting) await unlessOvertaken(cancelMeeting(ports, meeting));
  } else if (status === 'active' && number % 12 === 3) {
    await unlessOvertaken(endDialogue(ports, { memberId, dialogueId }));
  } else if (!planned && side === 'mentee' && number % 5 !== 1 && day % 4 === number % 4) {
    await suggest(ports, { memberId, dialogueId }, 8 + 2 * (number % 13));
  }
}

/** Suggests one of the common times, not the very first one. */
async function suggest(ports: Ports, ids: { memberId: string; dialogueId: string }, nth: number): Promise<void> {
  const { past, onOffer } = await viewDialogue(ports, ids);
  const time = onOffer?.times[Math.min(onOffer.times.length - 1, nth)];
  const [modality] = time?.modalities ?? [];
  if (past.length >= 2 || !time || !modality) return;
  const { startsAt } = time;
  await unlessOvertaken(suggestMeeting(ports, { ...ids, startsAt, modality }));
}

/** What two people do on the same day may cross; a refusal by the rules is part of life, anything else is a bug. */
async function unlessOvertaken(deed: Promise<unknown>): Promise<void> {
  await deed.catch((error: unknown) => {
    if (!(error instanceof MentoringError)) throw error;
  });
}
