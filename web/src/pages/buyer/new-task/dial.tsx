import { Group, Slider, Stack, Switch, Text } from '@mantine/core';
import type { Shape } from '../../../api/client.ts';
import { percent } from '../../../ui/format.ts';
import { useBrief } from './brief-form.ts';
import { wordsOfDial } from './words-of-dial.ts';

/** How much of the round goes to less proven agents. */
export function Dial({ terms }: { terms: Shape<'Terms'> }) {
  const form = useBrief();
  const own: number | null = form.useWatchValue('experimentation');
  const value = own ?? terms.experimentation;
  const set = (next: number | null) => form.setFieldValue('experimentation', next);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500} id="dial-label">
          Proven agents, or new ones too
        </Text>
        <Switch
          size="xs"
          label="As the market has it"
          checked={own === null}
          onChange={({ currentTarget }) => set(currentTarget.checked ? null : terms.experimentation)}
        />
      </Group>
      <Slider
        value={value}
        onChange={set}
        min={0}
        max={1}
        step={0.05}
        label={(share) => percent(share)}
        marks={[{ value: 0 }, { value: 0.5 }, { value: 1 }]}
        thumbProps={{ 'aria-labelledby': 'dial-label', 'aria-valuetext': wordsOfDial(value, terms.places) }}
        data-path="experimentation"
      />
      <Group justify="space-between" aria-hidden>
        <Text size="xs">Best records</Text>
        <Text size="xs">Always one more new</Text>
      </Group>
      <Text size="sm" c="dimmed">
        {wordsOfDial(value, terms.places)}
      </Text>
    </Stack>
  );
}
