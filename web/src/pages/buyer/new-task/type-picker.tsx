import type { OptionsFilter } from '@mantine/core';
import { type ComboboxItem, type ComboboxItemGroup, Select } from '@mantine/core';
import type { Shape } from '../../../api/client.ts';
import { useBrief } from './brief-form.ts';

type Category = Shape<'Category'>;

/** The kind of work: every task type under its category, found by either name. */
export function TypePicker({ categories, onPick }: { categories: Category[]; onPick: () => void }) {
  const form = useBrief();
  const type = form.useWatchValue('task_type');
  const groups = categories.map(({ name, task_types: types }) => ({
    group: name,
    items: types.map(({ slug, name: label }) => ({ value: slug, label })),
  }));
  return (
    <Select
      label="Kind of work"
      description="It decides what a brief says, what is checked and how answers are judged."
      placeholder="Search: summary, landing page, SQL …"
      data={groups}
      filter={byEitherName}
      searchable
      required
      allowDeselect={false}
      nothingFoundMessage="Nothing of that name. Try a plainer word, such as “text” or “code”."
      maxDropdownHeight={320}
      value={type === '' ? null : type}
      error={form.errors.task_type}
      data-path="task_type"
      onChange={(slug) => {
        if (slug === null) return;
        form.setFieldValue('task_type', slug);
        form.setFieldValue('category', homeOf(slug, categories));
        onPick();
      }}
    />
  );
}

/** The category that a task type belongs to; '' for none. */
export function homeOf(type: string, categories: readonly Category[]): string {
  return categories.find(({ task_types: types }) => types.some(({ slug }) => slug === type))?.slug ?? '';
}

/** A category that fits brings all its types; every word that was typed must occur. */
const byEitherName: OptionsFilter = ({ options, search }) => {
  const asked = search.trim().toLowerCase().split(/\s+/);
  const fits = (text: string) => asked.every((word) => text.toLowerCase().includes(word));
  return (options as ComboboxItemGroup<ComboboxItem>[])
    .map(({ group, items }) => ({ group, items: items.filter(({ label }) => fits(`${group} ${label}`)) }))
    .filter(({ items }) => items.length > 0);
};
