// The page of somebody who was excluded: the decision, its reason by its code's words, and with whom to appeal.
import { appealOf, type Exclusion } from '../../domain/exclusion.ts';
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

export function presentExcluded(visit: Visit, { reason, decidedAt, endsAt }: Exclusion): object {
  const { t, member } = visit;
  return {
    lead: decidedAt ? t('excluded:lead', { date: told(visit, decidedAt, 'date') }) : '',
    reason: t('excluded:reason', { reason: t(`exclusion:reason.${reason}`) }),
    until: endsAt ? t('excluded:until', { date: told(visit, endsAt, 'date') }) : '',
    appeal: presentAppeal(visit),
    hasData: member !== undefined,
  };
}
