// The small closed sets by which members describe themselves and what they look for.

export const careerStages = [
  'doctoral',
  'postdoctoral',
  'engineer',
  'permanent_early',
  'permanent_senior',
  'support',
] as const;
/** A band, never a grade: it is shown on the card and plays no part in the matching. */
export type CareerStage = (typeof careerStages)[number];

export const languages = ['fr', 'en', 'de', 'es', 'it', 'pt', 'zh', 'ar'] as const;
export type Language = (typeof languages)[number];

export const formats = ['one_off', 'six_months', 'twelve_months'] as const;
/** one_off: one or two meetings within 60 days; the others are long dialogues, renewable. */
export type DialogueFormat = (typeof formats)[number];

export const modalities = ['in_person', 'video', 'phone'] as const;
export type Modality = (typeof modalities)[number];

export const labPreferences = ['any', 'same_preferred', 'other_preferred', 'same_only', 'other_only'] as const;
/** The two "only" values are conditions; the two "preferred" ones count in the score. */
export type LabPreference = (typeof labPreferences)[number];

/** The languages of the pages and the mails. */
export const locales = ['fr', 'en'] as const;
export type Locale = (typeof locales)[number];

export type LabId = string;
