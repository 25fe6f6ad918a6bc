import type { Dialogue } from '../domain/dialogue.ts';
import { partnerOf } from '../domain/dialogue.ts';
import { isOut } from '../domain/member.ts';
import { confirmedEmail } from '../domain/own-address.ts';
import type { Meeting } from '../domain/meeting.ts';
import { sideOf, type ProposalSide } from '../domain/proposal.ts';
import type { LabId } from '../domain/terms.ts';
import { videoRoomOf } from '../domain/video-room.ts';
import { findTimesOnOffer, type TimesOnOffer } from './meeting-times.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue } from './records.ts';
import { questionFor, type DialogueQuestion } from './view-question.ts';

/** Both identities are known here: a dialogue exists only after two yeses. */
export interface DialogueView {
  readonly dialogue: Dialogue;
  readonly side: ProposalSide;
  /** Undefined when the dialogue is over, whatever ended it: why is nobody's to know. */
  readonly partner?: {
    readonly name: string;
    readonly email: string;
    readonly labId: LabId;
    readonly nameIsChosen: boolean;
  };
  /** For a first or another time; absent when the dialogue is over. */
  readonly onOffer?: TimesOnOffer;
  readonly planned?: Meeting;
  /** Address of the video room of the planned meeting. */
  readonly room?: string;
  readonly past: readonly Meeting[];
  readonly question?: DialogueQuestion;
}

/** @throws MentoringError not_found for anybody who is not one of the two */
export async function viewDialogue(
  ports: Ports,
  input: { memberId: string; dialogueId: string },
): Promise<DialogueView> {
  const dialogue = await getOwnDialogue(ports, input);
  const partner = await ports.members.find(partnerOf(dialogue, input.memberId));
  const planned = await ports.meetings.findPlanned(dialogue.id);
  const room = planned && videoRoomOf(planned, ports.rules.videoRoomBase, ports.hasher);
  const side = sideOf(dialogue, input.memberId);
  const question = questionFor(ports, dialogue, side);
  const isPresent = partner !== undefined && !isOut(partner) && dialogue.status !== 'closed';
  return {
    dialogue,
    side,
    ...(isPresent && {
      partner: {
        ...{ name: partner.name, email: confirmedEmail(partner), labId: partner.labId },
        nameIsChosen: partner.nameIsChosen === true,
      },
    }),
    ...(isPresent && { onOffer: await findTimesOnOffer(ports, { dialogue, meeting: planned }) }),
    ...(planned && { planned }),
    ...(room !== undefined && { room }),
    ...(question && { question }),
    past: (await ports.meetings.listOf(dialogue.id)).filter(({ status }) => status === 'held'),
  };
}
