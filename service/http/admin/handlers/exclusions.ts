// Exclusions: seen, decided and lifted by an administrator of the programme.
import type { ExclusionDecision } from '../../../usecases/exclusion-desk.ts';
import { readForm } from '../../forms/form.ts';
import { page, seeOther } from '../../visit.ts';
import { exclusionForm } from '../forms.ts';
import { presentExclusions } from '../present/exclusions.ts';
import type { AdminHandler } from '../visit.ts';

export const showExclusions: AdminHandler = async (visit) =>
  page('admin-exclusions', presentExclusions(visit, await visit.exclusions.list()));

const done = { exclude: 'excluded', refuse: 'exclusion_refused', lift: 'exclusion_lifted' } as const;

function decideTo(decision: ExclusionDecision): AdminHandler {
  return async (visit) => {
    const form = readForm(exclusionForm, visit.body);
    await visit.exclusions.decide(visit.params['id'] ?? '', decision, {
      everywhere: form.ok && form.values.everywhere,
    });
    visit.note(done[decision]);
    return seeOther('/admin/exclusions', done[decision]);
  };
}

export const postExclude = decideTo('exclude');
export const postExclusionRefuse = decideTo('refuse');
export const postExclusionLift = decideTo('lift');
