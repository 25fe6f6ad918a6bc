// What a platform's administrator copies into its forms.
import { page } from '../../visit.ts';
import { presentSheet } from '../present/sheet.ts';
import type { AdminHandler } from '../visit.ts';

export const showSheet: AdminHandler = ({ t, administration, iconUrl }) =>
  page('admin-sheet', {
    heading: t('admin-sheet:heading'),
    sheet: presentSheet(t, { ...administration.urlSheet(), iconUrl }),
  });
