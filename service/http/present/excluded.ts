// The page of somebody who was excluded: the decision, its reason by its code's words, and with whom to appeal.
import { appealOf, type Exclusion } from '../../domain/exclusion.ts';
import { meansPerson } from '../../usecases/exclusion-records.ts';
import type { Visit } from '../visit.ts';
import { told } from './words.ts';

function presentAppeal({ t, ports, lab }: Visit): object {
  const appeal = appealOf(ports.rules.appeal, lab);
  const text = t(`excluded:appeal.${appeal.to}`, { lab: lab.name });
  if (appeal.to === 'coordination') return { text, name: '', email: '', phone: '', url: '' };
  const { name = t('referral:role.mediator'), email = '', url = '' } = appeal.contact;
  const { phone = '' } = appeal.to === 'mediator' ? appeal.contact : {};
  return { text, name, email, phone, url };
}

/** Somebody who only comes with an address that was excluded: it may be another person, who learns nothing of them. */
function presentByAddress(visit: Visit): object {
  const { t, member } = visit;
  const known = { appeal: presentAppeal(visit), hasData: member !== undefined };
  return { lead: t('excluded:by_address'), effect: '', reason: '', until: '', ...known };
}

export function presentExcluded(visit: Visit, exclusion: Exclusion): object {
  const { reason, decidedAt, endsAt } = exclusion;
  const { t, member, ports, session } = visit;
  if (!meansPerson(ports, exclusion, session.person)) return presentByAddress(visit);
  return {
    effect: t('excluded:effect'),
    lead: decidedAt ? t('excluded:lead', { date: told(visit, decidedAt, 'date') }) : '',
    reason: t('excluded:reason', { reason: t(`exclusion:reason.${reason}`) }),
    until: endsAt ? t('excluded:until', { date: told(visit, endsAt, 'date') }) : '',
    appeal: presentAppeal(visit),
    hasData: member !== undefined,
  };
}
