import { Button, Fieldset, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import { whole, words } from '../../ui/format.ts';
import { Failed } from '../../ui/states.tsx';
import { shareWords } from './share-bar.tsx';

/** Past rounds ranked again under other weights of the rubric's dimensions. Changes nothing. */
export function Rehearsal({ taskType, dimensions }: { taskType: string; dimensions: readonly string[] }) {
  const [weights, setWeights] = useState<Record<string, number | string>>({});
  const rehearse = useMutation({
    mutationFn: () => {
      const changed = Object.fromEntries(
        Object.entries(weights).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
      );
      return dataOf(
        api.POST('/rubrics/rehearse', { body: { task_type: taskType, dimensions: changed, criteria: {}, rounds: 50 } }),
      );
    },
  });
  if (dimensions.length === 0) return null;
  return (
    <Fieldset legend="Rank past rounds again">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rehearse.mutate();
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end" gap="sm">
            {dimensions.map((key) => (
              <NumberInput
                key={key}
                label={words(key)}
                placeholder="As it is"
                w={150}
                min={0}
                max={1}
                step={0.05}
                value={weights[key] ?? ''}
                onChange={(value) => setWeights((before) => ({ ...before, [key]: value }))}
              />
            ))}
            <Button type="submit" variant="default" loading={rehearse.isPending}>
              Rank again
            </Button>
          </Group>
          {rehearse.isError && <Failed error={rehearse.error} />}
          {rehearse.data && (
            <Text size="sm" role="status">
              Of {whole(rehearse.data.rounds.length)} rounds, {whole(rehearse.data.reordered)} would be in another order
              and {whole(rehearse.data.other_first)} would have another first. The first was picked{' '}
              {shareWords(rehearse.data.picked_first.before)} before, {shareWords(rehearse.data.picked_first.after)}{' '}
              after.
            </Text>
          )}
        </Stack>
      </form>
    </Fieldset>
  );
}
