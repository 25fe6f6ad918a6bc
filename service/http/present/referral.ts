// The referral sheet of the person's lab, by employer. Choosing one's employer stays in the browser (links within the page).
import { boundBySecrecy, nationalNumbers, type ReferralContact, sortContacts } from '../../domain/referral.ts';
import type { Visit } from '../visit.ts';

function contactView({ t }: Visit, { role, name, email, phone, url }: ReferralContact): object {
  return { title: t(`referral:role.${role}`), name, email, phone, tel: phone?.replace(/[^\d+]/gu, ''), url };
}

export function presentReferral(visit: Visit): object {
  const { lab, member, t } = visit;
  const employers = [...new Set(lab.referral.map(({ employer }) => employer))];
  const bound = ({ role }: ReferralContact): boolean => boundBySecrecy.includes(role);
  return {
    lab: lab.name,
    takesPart: member !== undefined,
    numbers: nationalNumbers.map((number) => ({ number, text: t(`referral:number.${number}`) })),
    areExamples: lab.referralToComplete && employers.length > 0,
    asks: employers.length > 1,
    employers: employers.map((employer, index) => {
      const contacts = sortContacts(lab.referral.filter((contact) => contact.employer === employer));
      return {
        id: `employer-${index + 1}`,
        name: employer,
        bound: contacts.filter(bound).map((contact) => contactView(visit, contact)),
        others: contacts.filter((contact) => !bound(contact)).map((contact) => contactView(visit, contact)),
      };
    }),
  };
}
