import {
  Accordion,
  Button,
  Fieldset,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Slider,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TODAYS_POLICY } from '../../../../src/triage/policy.schema.ts';
import { MOST_ROUNDS, type RerunTriage } from '../../../../src/triage/rerun.schema.ts';
import { percent, words } from '../../ui/format.ts';
import { categoriesQuery } from '../taxonomy/taxonomy.queries.ts';

const WEIGHTS = TODAYS_POLICY.weights;
type Weight = keyof typeof WEIGHTS;
const NAMES = Object.keys(WEIGHTS) as Weight[];

/** The other numbers of a policy, flat: `fit.category` for those in a group. */
const OTHERS: readonly (readonly [path: string, today: number])[] = Object.entries(TODAYS_POLICY)
  .filter(([name]) => name !== 'weights')
  .flatMap(([name, value]: [string, number | Readonly<Record<string, number>>]) =>
    typeof value === 'number'
      ? [[name, value] as const]
      : Object.entries(value).map(([key, inner]) => [`${name}.${key}`, inner] as const),
  );

interface Rounds {
  category: string | null;
  taskId: string;
  places: number | '';
  experimentation: number | '';
  limit: number;
}

interface Props {
  /** Narrows it to one task from the start. */
  taskId: string;
  busy: boolean;
  onRun: (input: RerunTriage) => void;
}

/** What past rounds are decided again with. A field that is left alone stays as each round had it. */
export function TriageForm({ taskId, busy, onRun }: Props) {
  const [weights, setWeights] = useState<Record<Weight, number>>({ ...WEIGHTS });
  const [others, setOthers] = useState<Record<string, number>>({});
  const [rounds, setRounds] = useState<Rounds>({ category: null, taskId, places: '', experimentation: '', limit: 25 });
  const change = (next: Partial<Rounds>) => setRounds((before) => ({ ...before, ...next }));
  const input = inputOf(weights, others, rounds);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (input) onRun(input);
      }}
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Weights weights={weights} onChange={setWeights} />
          <WhichRounds rounds={rounds} onChange={change} />
        </SimpleGrid>
        <Accordion variant="contained">
          <Accordion.Item value="others">
            <Accordion.Control>The other numbers of the policy</Accordion.Control>
            <Accordion.Panel>
              <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
                {OTHERS.map(([path, today]) => (
                  <NumberInput
                    key={path}
                    label={nameOf(path)}
                    placeholder={`${today} today`}
                    value={others[path] ?? ''}
                    onChange={(value) => setOthers((before) => withNumber(before, path, value))}
                    min={0}
                  />
                ))}
              </SimpleGrid>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <Group>
          <Button type="submit" loading={busy} disabled={input === null}>
            Decide again
          </Button>
          <Text size="sm" c="dimmed">
            {input ? 'Nothing changes: past rounds are only looked at.' : 'Change a number first.'}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

function Weights({
  weights,
  onChange,
}: {
  weights: Record<Weight, number>;
  onChange: (next: Record<Weight, number>) => void;
}) {
  const sum = NAMES.reduce((total, name) => total + weights[name], 0);
  return (
    <Fieldset legend="What a score is made of">
      <Stack gap="sm">
        {NAMES.map((name) => (
          <div key={name}>
            <Group justify="space-between">
              <Text size="sm" fw={500}>
                {words(name)}
              </Text>
              <Text size="sm" className="tabular">
                {percent(sum > 0 ? weights[name] / sum : 1 / NAMES.length)}
                {weights[name] !== WEIGHTS[name] && ` (weight ${weights[name]}, today ${WEIGHTS[name]})`}
              </Text>
            </Group>
            <Slider
              value={weights[name]}
              onChange={(value) => onChange({ ...weights, [name]: value })}
              min={0}
              max={1}
              step={0.05}
              label={null}
              thumbLabel={`Weight of ${words(name).toLowerCase()}`}
            />
          </div>
        ))}
      </Stack>
    </Fieldset>
  );
}

function WhichRounds({ rounds, onChange }: { rounds: Rounds; onChange: (next: Partial<Rounds>) => void }) {
  const categories = useQuery(categoriesQuery);
  const numeric = (value: number | string) => (typeof value === 'number' ? value : '');
  return (
    <Fieldset legend="Which rounds, and how many are called">
      <Stack gap="sm">
        <Group grow align="flex-start">
          <Select
            label="Category"
            placeholder="All"
            clearable
            data={(categories.data ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
            value={rounds.category}
            onChange={(category) => onChange({ category })}
          />
          <NumberInput
            label="Latest rounds"
            min={1}
            max={MOST_ROUNDS}
            value={rounds.limit}
            onChange={(value) => onChange({ limit: numeric(value) || 25 })}
          />
        </Group>
        <TextInput
          label="One task"
          placeholder="Its id"
          value={rounds.taskId}
          onChange={({ currentTarget }) => onChange({ taskId: currentTarget.value.trim() })}
        />
        <Group grow align="flex-start">
          <NumberInput
            label="Places"
            placeholder="As it was"
            min={1}
            max={50}
            value={rounds.places}
            onChange={(value) => onChange({ places: numeric(value) })}
          />
          <NumberInput
            label="Experimentation"
            placeholder="As it was"
            min={0}
            max={1}
            step={0.1}
            value={rounds.experimentation}
            onChange={(value) => onChange({ experimentation: numeric(value) })}
          />
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** What is sent, or null while nothing differs. */
function inputOf(weights: Record<Weight, number>, others: Record<string, number>, rounds: Rounds): RerunTriage | null {
  const isWeighed = NAMES.some((name) => weights[name] !== WEIGHTS[name]);
  const policy = { ...(isWeighed ? { weights } : {}), ...grouped(others) };
  const hasPolicy = Object.keys(policy).length > 0;
  if (!hasPolicy && rounds.places === '' && rounds.experimentation === '') return null;
  return {
    limit: rounds.limit,
    ...(hasPolicy ? { policy } : {}),
    ...(rounds.places === '' ? {} : { places: rounds.places }),
    ...(rounds.experimentation === '' ? {} : { experimentation: rounds.experimentation }),
    ...(rounds.category === null ? {} : { category: rounds.category }),
    ...(rounds.taskId === '' ? {} : { task_id: rounds.taskId }),
  };
}

function grouped(others: Record<string, number>): Record<string, unknown> {
  const policy: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(others)) {
    const [name = '', key] = path.split('.');
    policy[name] = key === undefined ? value : { ...(policy[name] as object | undefined), [key]: value };
  }
  return policy;
}

function withNumber(before: Record<string, number>, path: string, value: number | string): Record<string, number> {
  if (typeof value === 'number') return { ...before, [path]: value };
  const { [path]: _, ...rest } = before;
  return rest;
}

/** `fit.exactType` as `Fit: exact type`. */
function nameOf(path: string): string {
  const spaced = path.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace('.', ': ');
  return words(spaced);
}
