import { Group, JsonInput, NumberInput, Radio, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useBrief } from './brief-form.ts';
import type { Field } from './draft.ts';

/** From so many characters on a text gets several lines. */
const LONG_TEXT = 120;
const JSON_ROWS = 5;

/** One field of the task type's requirements, as the input that fits it. */
export function RequirementInput({ field }: { field: Field }) {
  const form = useBrief();
  const path = `requirements.${field.key}` as const;
  const common = {
    label: field.label,
    description: field.help,
    // The label says so already; an own check would name the field in the browser's words.
    withAsterisk: field.required,
    ...form.getInputProps(path),
  };
  const key = form.key(path);
  const example = exampleOf(field);
  switch (field.type) {
    case 'text':
      return (field.max ?? LONG_TEXT + 1) > LONG_TEXT ? (
        <Textarea key={key} {...common} placeholder={example} autosize minRows={2} maxRows={10} maxLength={field.max} />
      ) : (
        <TextInput key={key} {...common} placeholder={example} maxLength={field.max} />
      );
    case 'number':
    case 'integer':
      return (
        <NumberInput
          key={key}
          {...common}
          placeholder={example}
          allowDecimal={field.type === 'number'}
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
        />
      );
    case 'choice':
      return (
        <Select key={key} {...common} data={field.options ?? []} clearable={!field.required} placeholder={example} />
      );
    case 'list':
      return (
        <TagsInput
          key={key}
          {...common}
          description={`${field.help} Press Enter after each.`}
          placeholder={example}
          splitChars={['\n']}
          clearable
          {...(field.max === undefined ? {} : { maxTags: field.max })}
        />
      );
    case 'boolean':
      return <YesOrNo path={path} field={field} />;
    case 'object':
      return (
        <JsonInput key={key} {...common} placeholder={example} autosize minRows={JSON_ROWS} maxRows={20} formatOnBlur />
      );
  }
}

/** Yes, no, or not said yet. */
function YesOrNo({ path, field }: { path: `requirements.${string}`; field: Field }) {
  const form = useBrief();
  const value: unknown = form.useWatchValue(path);
  return (
    <Radio.Group
      label={field.label}
      description={field.help}
      withAsterisk={field.required}
      value={typeof value === 'boolean' ? String(value) : null}
      error={form.errors[path]}
      onChange={(said) => form.setFieldValue(path, said === 'true')}
    >
      <Group gap="md" mt={6} data-path={path} tabIndex={-1}>
        <Radio value="true" label="Yes" />
        <Radio value="false" label="No" />
      </Group>
    </Radio.Group>
  );
}

/** What somebody else said there, to show the form of it. */
function exampleOf({ example }: Field): string {
  if (Array.isArray(example)) return example.join(', ');
  if (typeof example === 'object' && example !== null) return JSON.stringify(example);
  return String(example ?? '');
}
