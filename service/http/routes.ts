// Every way in after a launch: one line per route, with who may take it. Paths are kept from now on.
import { postAddress, postAddressCode, postAddressDrop, showAddress } from './handlers/address.ts';
import { postAvailability, postAvailabilityMeaning, showAvailability } from './handlers/availability.ts';
import { postFeed, postFeedOff, showFeed } from './handlers/calendar-feed.ts';
import {
  postCaseClose,
  postCaseExclusion,
  postCaseMatch,
  postCaseMessage,
  postCaseWiden,
  showCase,
  showCases,
} from './handlers/cases.ts';
import { postCharter, showCharter } from './handlers/charter.ts';
import { postInvitation, showInvitation } from './handlers/coordinator.ts';
import { postNudges, postPauseAll, postResumeAll, showChoices } from './handlers/choices.ts';
import { postFit, postHold, postInTouch, postRenew, postResume } from './handlers/dialogue-life.ts';
import { postDialogueEnd, postMeeting, showDialogue } from './handlers/dialogue.ts';
import {
  postHelp,
  postHelpClose,
  postHelpMessage,
  postHelpMove,
  postIdentityHide,
  postIdentityOpen,
  showHelp,
  showHelpCase,
} from './handlers/help.ts';
import { showHome } from './handlers/home.ts';
import { postMeetingAgree, postMeetingCancel, postMeetingKeep, postMeetingMove } from './handlers/meeting.ts';
import {
  postMentor,
  postMentorConfirm,
  postMentorMeaning,
  postMentorWithdraw,
  postPause,
  postResumeOffer,
  showMentor,
} from './handlers/mentor.ts';
import { exportData, postDoorsClose, postLeave, showMyData } from './handlers/my-data.ts';
import { postProfile, showProfile } from './handlers/profile.ts';
import { postAnswer, showProposal } from './handlers/proposal.ts';
import { postReferralVerify, showReferral } from './handlers/referral.ts';
import { exportReport, postMatch, postRunStop, showReport, showRun } from './handlers/report.ts';
import {
  postRequest,
  postRequestChange,
  postRequestReopen,
  postRequestWithdraw,
  showRequest,
  showRequestChange,
} from './handlers/request.ts';
import { postLanguage, postLogOut, postOwnTab, postSessionEnd, postSessionsEnd } from './handlers/session.ts';
import { postTwins, showTwins, showTwinsCode } from './handlers/twins.ts';
import type { Route } from './route.ts';
import { caseAsked, exclusionAsked, labAsked, runAct, runAsked } from './traces.ts';

export const routes: readonly Route[] = [
  { method: 'get', path: '/', may: 'participant', handle: showHome },
  { method: 'get', path: '/charter', may: 'visitor', handle: showCharter },
  { method: 'post', path: '/charter', may: 'visitor', handle: postCharter },
  { method: 'get', path: '/profile', may: 'signed', handle: showProfile },
  { method: 'post', path: '/profile', may: 'signed', handle: postProfile },
  { method: 'get', path: '/address', may: 'signed', handle: showAddress },
  { method: 'post', path: '/address', may: 'signed', handle: postAddress },
  { method: 'post', path: '/address/code', may: 'signed', handle: postAddressCode },
  { method: 'post', path: '/address/drop', may: 'signed', handle: postAddressDrop },
  { method: 'get', path: '/two-registrations', may: 'member', handle: showTwinsCode },
  { method: 'post', path: '/two-registrations', may: 'member', handle: postTwins },
  { method: 'get', path: '/two-registrations/:token', may: 'member', handle: showTwins },
  { method: 'get', path: '/availability', may: 'participant', handle: showAvailability },
  { method: 'post', path: '/availability', may: 'participant', handle: postAvailability },
  { method: 'post', path: '/availability/meaning', may: 'participant', handle: postAvailabilityMeaning },

  { method: 'get', path: '/request', may: 'participant', handle: showRequest },
  { method: 'post', path: '/request', may: 'participant', handle: postRequest },
  { method: 'get', path: '/request/change', may: 'participant', handle: showRequestChange },
  { method: 'post', path: '/request/change', may: 'participant', handle: postRequestChange },
  { method: 'post', path: '/request/reopen', may: 'participant', handle: postRequestReopen },
  { method: 'post', path: '/request/withdraw', may: 'participant', handle: postRequestWithdraw },
  { method: 'get', path: '/mentor', may: 'participant', handle: showMentor },
  { method: 'post', path: '/mentor', may: 'participant', handle: postMentor },
  { method: 'post', path: '/mentor/meaning', may: 'participant', handle: postMentorMeaning },
  { method: 'post', path: '/mentor/resume', may: 'participant', handle: postResumeOffer },
  { method: 'post', path: '/mentor/pause', may: 'participant', handle: postPause },
  { method: 'post', path: '/mentor/confirm', may: 'participant', handle: postMentorConfirm },
  { method: 'post', path: '/mentor/withdraw', may: 'participant', handle: postMentorWithdraw },

  { method: 'get', path: '/proposals/:id', may: 'participant', handle: showProposal },
  { method: 'post', path: '/proposals/:id/answer', may: 'participant', handle: postAnswer },
  { method: 'get', path: '/dialogues/:id', may: 'participant', handle: showDialogue },
  { method: 'post', path: '/dialogues/:id/meetings', may: 'participant', handle: postMeeting },
  { method: 'post', path: '/dialogues/:id/in-touch', may: 'participant', handle: postInTouch },
  { method: 'post', path: '/dialogues/:id/hold', may: 'participant', handle: postHold },
  { method: 'post', path: '/dialogues/:id/resume', may: 'participant', handle: postResume },
  { method: 'post', path: '/dialogues/:id/fit', may: 'participant', handle: postFit },
  { method: 'post', path: '/dialogues/:id/renew', may: 'participant', handle: postRenew },
  { method: 'post', path: '/dialogues/:id/end', may: 'participant', handle: postDialogueEnd },
  { method: 'post', path: '/meetings/:id/agree', may: 'participant', handle: postMeetingAgree },
  { method: 'post', path: '/meetings/:id/move', may: 'participant', handle: postMeetingMove },
  { method: 'post', path: '/meetings/:id/keep', may: 'participant', handle: postMeetingKeep },
  { method: 'post', path: '/meetings/:id/cancel', may: 'participant', handle: postMeetingCancel },

  { method: 'get', path: '/help', may: 'member', handle: showHelp },
  { method: 'post', path: '/help', may: 'member', handle: postHelp },
  { method: 'get', path: '/help/:id', may: 'member', handle: showHelpCase },
  { method: 'post', path: '/help/:id/messages', may: 'member', handle: postHelpMessage },
  { method: 'post', path: '/help/:id/identity/open', may: 'member', handle: postIdentityOpen },
  { method: 'post', path: '/help/:id/identity/hide', may: 'member', handle: postIdentityHide },
  { method: 'post', path: '/help/:id/lab', may: 'member', handle: postHelpMove },
  { method: 'post', path: '/help/:id/close', may: 'member', handle: postHelpClose },

  { method: 'get', path: '/coordinator', may: 'visitor', handle: showInvitation },
  { method: 'get', path: '/coordinator/:token', may: 'visitor', handle: showInvitation },
  { method: 'post', path: '/coordinator', may: 'visitor', handle: postInvitation },
  { method: 'get', path: '/referral', may: 'visitor', handle: showReferral },
  {
    method: 'post',
    path: '/referral/verify',
    may: 'coordinator',
    handle: postReferralVerify,
    act: 'sheet_verified',
    about: labAsked,
  },
  { method: 'get', path: '/my-data', may: 'visitor', handle: showMyData },
  { method: 'get', path: '/my-data/export.json', may: 'member', handle: exportData },
  { method: 'post', path: '/my-data/leave', may: 'member', handle: postLeave },
  { method: 'post', path: '/my-data/doors/close', may: 'member', handle: postDoorsClose },
  { method: 'post', path: '/my-data/sessions/end', may: 'visitor', handle: postSessionEnd },
  { method: 'post', path: '/my-data/sessions/end-all', may: 'visitor', handle: postSessionsEnd },
  { method: 'get', path: '/choices', may: 'member', handle: showChoices },
  { method: 'post', path: '/choices/pause', may: 'member', handle: postPauseAll },
  { method: 'post', path: '/choices/resume', may: 'member', handle: postResumeAll },
  { method: 'post', path: '/choices/nudges', may: 'member', handle: postNudges },
  { method: 'get', path: '/calendar-feed', may: 'member', handle: showFeed },
  { method: 'post', path: '/calendar-feed', may: 'member', handle: postFeed },
  { method: 'post', path: '/calendar-feed/off', may: 'member', handle: postFeedOff },
  { method: 'post', path: '/language', may: 'visitor', handle: postLanguage },
  { method: 'post', path: '/own-tab', may: 'visitor', handle: postOwnTab },
  { method: 'post', path: '/log-out', may: 'visitor', handle: postLogOut },

  { method: 'get', path: '/cases', may: 'coordinator', handle: showCases },
  { method: 'get', path: '/cases/:id', may: 'coordinator', handle: showCase },
  {
    method: 'post',
    path: '/cases/:id/messages',
    may: 'coordinator',
    handle: postCaseMessage,
    act: 'case_written',
    about: caseAsked,
  },
  {
    method: 'post',
    path: '/cases/:id/widen',
    may: 'coordinator',
    handle: postCaseWiden,
    act: 'case_widening_asked',
    about: caseAsked,
  },
  {
    method: 'post',
    path: '/cases/:id/match',
    may: 'coordinator',
    handle: postCaseMatch,
    act: 'case_match_asked',
    about: caseAsked,
  },
  {
    method: 'post',
    path: '/cases/:id/close',
    may: 'coordinator',
    handle: postCaseClose,
    act: 'case_closed',
    about: caseAsked,
  },
  {
    method: 'post',
    path: '/cases/:id/exclusion',
    may: 'coordinator',
    handle: postCaseExclusion,
    act: 'exclusion_asked',
    about: exclusionAsked,
  },
  { method: 'get', path: '/report', may: 'coordinator', handle: showReport },
  { method: 'get', path: '/report.csv', may: 'coordinator', handle: exportReport },
  {
    method: 'post',
    path: '/report/match',
    may: 'cross_lab_coordinator',
    handle: postMatch,
    act: runAct,
    about: runAsked,
  },
  { method: 'get', path: '/report/runs/:key', may: 'cross_lab_coordinator', handle: showRun },
  {
    method: 'post',
    path: '/report/runs/:key/stop',
    may: 'cross_lab_coordinator',
    handle: postRunStop,
    act: 'run_stopped',
    about: runAsked,
  },
];
