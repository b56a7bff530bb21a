import { MultiSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { words } from '../../../ui/format.ts';
import { eventTypesQuery } from './webhooks.queries.ts';

interface Props {
  value: string[];
  onChange: (types: string[]) => void;
  error?: React.ReactNode;
}

/** Which events: all, groups or single ones, each with when it comes. */
export function EventTypes({ value, onChange, error }: Props) {
  // The field is there before its choices are, so that nothing below it moves when they come.
  const { data: types = [], error: unread } = useQuery(eventTypesQuery);
  const groups = [...new Set(types.map(groupOf))];
  const whenOf = new Map(types.map(({ type, when }) => [type, when]));
  return (
    <Stack gap={4}>
      <MultiSelect
        label="Events"
        required
        searchable
        hidePickedOptions
        maxDropdownHeight={280}
        nothingFoundMessage={types.length === 0 ? 'Loading …' : 'No such event'}
        data={[
          { group: 'All', items: [{ value: '*', label: 'Every event' }] },
          ...groups.map((group) => ({
            group: words(group),
            items: [
              { value: `${group}.*`, label: `${group}.*` },
              ...[...new Set(types.filter((one) => groupOf(one) === group).map(({ type }) => type))].map((type) => ({
                value: type,
                label: type,
              })),
            ],
          })),
        ]}
        renderOption={({ option }) => (
          <div>
            <Text size="sm">{option.label}</Text>
            {whenOf.has(option.value) && (
              <Text size="xs" c="dimmed">
                {whenOf.get(option.value)}
              </Text>
            )}
          </div>
        )}
        value={value}
        // Every event and some of them is every event.
        onChange={(next) => onChange(next.at(-1) === '*' ? ['*'] : next.filter((one) => one !== '*'))}
        error={error ?? unread?.message}
      />
      {value.length === 1 && value[0] === '*' && (
        <Text size="xs" c="dimmed">
          Everything of your account. Choose single ones to hear less.
        </Text>
      )}
    </Stack>
  );
}

const groupOf = ({ type }: { type: string }) => type.split('.')[0] ?? type;
