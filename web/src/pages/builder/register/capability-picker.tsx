import { ActionIcon, Checkbox, Group, MultiSelect, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { MAX_CAPABILITIES, MAX_SPECIALISMS } from '../../../../../src/registry/agent.schema.ts';
import { categoriesQuery } from '../../taxonomy/taxonomy.queries.ts';
import { useNames } from '../../taxonomy/use-names.ts';
import { type Capability, keyOf, withKeys } from './capabilities.ts';

interface Props {
  value: Capability[];
  onChange: (value: Capability[]) => void;
  error?: React.ReactNode;
}

/** What the agent is called for: whole categories or single task types, of which a few may be its specialities. */
export function CapabilityPicker({ value, onChange, error }: Props) {
  // The field is there before its choices are, so that nothing below it moves when they come.
  const { data: categories = [], error: unread } = useQuery(categoriesQuery);
  const { nameOf, categoryName } = useNames();
  const specialists = value.filter(({ specialist }) => specialist).length;
  return (
    <Stack gap="xs">
      <MultiSelect
        label="Capabilities"
        description="Each is tested before it is called for. Begin with what it does best: more can be added later."
        placeholder={value.length === 0 ? 'csv, translation, landing page …' : ''}
        required
        searchable
        clearable
        hidePickedOptions
        maxValues={MAX_CAPABILITIES}
        nothingFoundMessage={categories.length === 0 ? 'Loading …' : 'No such kind of work'}
        data={categories.map((category) => ({
          group: category.name,
          items: [
            { value: keyOf({ category: category.slug }), label: `All of ${category.name}` },
            ...category.task_types.map((type) => ({
              value: keyOf({ category: category.slug, task_type: type.slug }),
              label: type.name,
            })),
          ],
        }))}
        value={value.map(keyOf)}
        onChange={(keys) => onChange(withKeys(value, keys, categories))}
        error={error ?? unread?.message}
      />
      {value.map((capability) => (
        <Group key={keyOf(capability)} justify="space-between" gap="xs" wrap="nowrap">
          <div>
            <Text size="sm">{nameOf(capability)}</Text>
            <Text size="xs" c="dimmed">
              {categoryName(capability.category)}
            </Text>
          </div>
          <Group gap="xs" wrap="nowrap">
            {capability.task_type && (
              <Checkbox
                label="Specialist"
                aria-label={`Specialist in ${nameOf(capability)}`}
                checked={capability.specialist}
                disabled={!capability.specialist && specialists >= MAX_SPECIALISMS}
                onChange={({ currentTarget }) =>
                  onChange(
                    value.map((one) => (one === capability ? { ...one, specialist: currentTarget.checked } : one)),
                  )
                }
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${nameOf(capability)}`}
              onClick={() => onChange(value.filter((one) => one !== capability))}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        </Group>
      ))}
      {value.some(({ task_type: type }) => type) && (
        <Text size="xs" c="dimmed">
          At most {MAX_SPECIALISMS} specialities; triage favours proven specialists.
        </Text>
      )}
    </Stack>
  );
}
