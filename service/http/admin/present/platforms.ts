// The platforms for their page: state, lab, last launch, what is wrong, and what waits for a decision.
import type { KeyState, PlatformView } from '../../../../lti/index.ts';
import type { AdminVisit } from '../visit.ts';
import { presentProblems } from './problems.ts';
import { labItems, labName, told } from './words.ts';

interface Seen {
  readonly platforms: readonly PlatformView[];
  readonly keys: KeyState;
  /** The approval that was sent without a lab. */
  readonly wrong: { platform: string; deployment: string } | undefined;
}

function presentWaiting(
  visit: AdminVisit,
  view: PlatformView,
  { wrong, place }: { wrong: Seen['wrong']; place: number },
) {
  const { t } = visit;
  return view.pendingDeployments.map(({ id: deployment, firstSeenAt }, index) => {
    const isWrong = wrong?.platform === view.registration.id && wrong.deployment === deployment;
    const id = `f-lab-${place}-${index}`;
    return {
      deployment,
      since: t('admin-platforms:waiting.since', { date: told(visit, firstSeenAt, 'moment') }),
      isWrong,
      lab: {
        id,
        name: 'lab',
        error: isWrong ? t('admin-form:lab') : '',
        items: labItems(visit, view.registration.tenant),
        groups: [],
      },
    };
  });
}

function presentPlatform(visit: AdminVisit, view: PlatformView, about: { wrong: Seen['wrong']; place: number }) {
  const { t } = visit;
  const { id, name, issuer, clientId, active, deployments, lastLaunchAt, createdAt, source, tenant } =
    view.registration;
  const approved = deployments.filter(({ status }) => status === 'approved');
  const labs = [...new Set(approved.map(({ tenant }) => labName(visit, tenant ?? '')))];
  const waiting = presentWaiting(visit, view, about);
  const state = view.state === 'ready' && waiting.length > 0 ? 'ready_and_waiting' : view.state;
  return {
    heading: `platform-${about.place}`,
    name,
    action: `/admin/platforms/${id}`,
    toApprove: view.state === 'to_approve',
    since: t('admin-platforms:to_approve.since', {
      date: told(visit, createdAt, 'moment'),
      lab: labName(visit, tenant ?? ''),
    }),
    active,
    state: t(`admin-platforms:state.${state}`),
    rows: [
      { label: t('admin-platforms:row.labs'), value: labs.join(', ') || t('admin-platforms:no_lab') },
      {
        label: t('admin-platforms:row.last_launch'),
        value: lastLaunchAt ? told(visit, lastLaunchAt, 'moment') : t('admin-platforms:no_launch'),
      },
      { label: t('admin-platforms:row.issuer'), value: issuer },
      { label: t('admin-platforms:row.client_id'), value: clientId },
      { label: t('admin-platforms:row.deployments'), value: approved.map((one) => one.id).join(', ') || '–' },
      {
        label: t('admin-platforms:row.since'),
        value: `${told(visit, createdAt, 'day')} – ${t(`admin-platforms:source.${source}`)}`,
      },
    ],
    problems: presentProblems(visit, view),
    waiting,
  };
}

export function presentPlatforms(visit: AdminVisit, { platforms, keys, wrong }: Seen): object {
  const { t } = visit;
  // What waits for a decision comes first.
  const ordered = [...platforms].sort((a, b) => Number(b.state === 'to_approve') - Number(a.state === 'to_approve'));
  const shown = ordered.map((view, place) => presentPlatform(visit, view, { wrong, place }));
  const summary = shown
    .flatMap(({ waiting }) => waiting)
    .filter(({ isWrong }) => isWrong)
    .map(({ lab }) => ({ href: `#${lab.id}`, text: lab.error }));
  return {
    heading: t('admin-platforms:heading'),
    count: t('admin-platforms:count', { count: shown.filter(({ toApprove }) => !toApprove).length }),
    platforms: shown,
    summary,
    keys: t('admin-platforms:keys', { date: told(visit, keys.nextRotationAt, 'day') }),
  };
}
