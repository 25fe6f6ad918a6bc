// A form for the templates: each field with its id, what was typed, and what to put right.
import type { Sentence } from '../../../views/index.ts';
import { type TopicFamily, topicFamilies } from '../../domain/topic.ts';
import type { Problem, Raw } from '../forms/form.ts';

export interface Filled {
  readonly raw: Raw;
  readonly problems: readonly Problem[];
}

export interface FieldView {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Empty when the field is right. */
  readonly error: string;
}

export interface ItemView {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
}

/** Boxes or radio buttons; the first one has the field's id, so that the error summary leads to it. */
export interface ChoiceView extends FieldView {
  readonly items: readonly ItemView[];
}

export interface GroupView {
  readonly id: string;
  readonly label: string;
  readonly items: readonly ItemView[];
}

export interface GroupedView extends FieldView {
  readonly groups: readonly GroupView[];
}

export interface SummaryItem {
  readonly href: string;
  readonly text: string;
}

export interface Fields {
  summary(): SummaryItem[];
  text(name: string): FieldView;
  box(name: string): FieldView & { chosen: boolean };
  choices<C extends string>(name: string, codes: readonly C[], label: (code: C) => string): ChoiceView;
  topics(name: string): GroupedView;
}

const families = Object.keys(topicFamilies) as TopicFamily[];

export function fieldsOf(t: Sentence, { raw, problems }: Filled): Fields {
  const id = (name: string): string => `f-${name}`;
  const given = (name: string): readonly string[] => [raw[name] ?? ''].flat();
  const text = (name: string): FieldView => {
    const problem = problems.find(({ field }) => field === name);
    return { id: id(name), name, value: given(name)[0] ?? '', error: problem ? t(problem.message) : '' };
  };
  const item = (name: string, value: string, { label, first }: { label: string; first: boolean }): ItemView => {
    return { id: first ? id(name) : `${id(name)}-${value}`, value, label, chosen: given(name).includes(value) };
  };
  return {
    summary: () =>
      problems.map(({ field, message }) => ({ href: field === '' ? '#main' : `#${id(field)}`, text: t(message) })),
    text,
    box: (name) => ({ ...text(name), chosen: given(name).includes('yes') }),
    choices: (name, codes, label) => ({
      ...text(name),
      items: codes.map((code, index) => item(name, code, { label: label(code), first: index === 0 })),
    }),
    topics: (name) => ({
      ...text(name),
      groups: families.map((family, group) => ({
        id: `${id(name)}-${family}`,
        label: t(`terms:family.${family}`),
        items: topicFamilies[family].map((topic, index) =>
          item(name, topic, { label: t(`terms:topic.${topic}`), first: group === 0 && index === 0 }),
        ),
      })),
    }),
  };
}
