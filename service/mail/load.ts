// What a mail needs, looked up when it leaves: whoever left gets nothing, and what was overtaken meanwhile is not sent.
import type { Member } from '../domain/member.ts';
import type { Notice } from '../domain/notice.ts';
import type { Ports } from '../usecases/ports.ts';
import { aboutDialogue, aboutMeeting } from './dialogue-subjects.ts';
import { noticeRows, type NoticeRow } from './notices.ts';
import type { LoadFacts } from './ports.ts';
import { findRecipient } from './recipients.ts';
import {
  aboutAddress,
  aboutCase,
  aboutCoordinator,
  aboutDisclosure,
  aboutMember,
  aboutProposal,
  aboutRequest,
  aboutTwins,
  type About,
} from './subjects.ts';

type Stores =
  'members' | 'requests' | 'proposals' | 'dialogues' | 'meetings' | 'cases' | 'referralSheets' | 'trail' | 'twins';

export interface LoadPorts extends Pick<Ports, 'clock' | 'rules' | 'hasher' | 'coordinators' | Stores> {
  /** A one-time address of the closing survey, made for this mail and kept nowhere; undefined when there is none to make. */
  readonly surveyLink?: (notice: Notice) => Promise<string | undefined>;
  /** The address for whoever was told of two records; undefined where there are no pages. */
  readonly twinsLink?: (token: string) => string;
}

type Look = (ports: LoadPorts, notice: Notice) => Promise<About | undefined>;

const looks: Record<Exclude<NoticeRow['about'], 'member'>, Look> = {
  proposal: aboutProposal,
  request: aboutRequest,
  dialogue: aboutDialogue,
  meeting: aboutMeeting,
  case: aboutCase,
  coordinator: aboutCoordinator,
  disclosure: aboutDisclosure,
  address: aboutAddress,
  twins: aboutTwins,
};

export function createLoad(ports: LoadPorts): LoadFacts {
  return async (notice) => {
    const recipient = await findRecipient(ports, notice);
    const facts = recipient && (await factsOf(ports, notice, recipient.member));
    return facts && { addressee: recipient.addressee, ...facts };
  };
}

async function factsOf(ports: LoadPorts, notice: Notice, member: Member | undefined): Promise<About | undefined> {
  const { about } = noticeRows[notice.kind];
  if (about !== 'member') return looks[about](ports, notice);
  return member && aboutMember(ports, notice, member);
}
