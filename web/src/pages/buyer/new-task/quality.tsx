import type { QualityRule } from '@bakeoff/agent-kit';
import {
  Accordion,
  ActionIcon,
  Button,
  Group,
  List,
  Menu,
  NumberInput,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { percent } from '../../../ui/format.ts';
import { ruleWords } from '../../taxonomy/rule-words.ts';
import { useBrief } from './brief-form.ts';
import type { TaskTypeView } from './draft.ts';

/** Rules that a buyer adds by hand here; the others come through the API. */
const SIMPLE: readonly { label: string; rule: QualityRule }[] = [
  { label: 'Number of words', rule: { kind: 'words', max: 500 } },
  { label: 'Must say', rule: { kind: 'includes', terms: [] } },
  { label: 'Must not say', rule: { kind: 'excludes', terms: [] } },
  { label: 'Language', rule: { kind: 'language', language: 'en' } },
  { label: 'Headings', rule: { kind: 'sections', titles: [] } },
  { label: 'Web addresses', rule: { kind: 'links', min: 1 } },
  { label: 'Citations', rule: { kind: 'citations', min: 1 } },
  { label: 'Nothing left to fill in', rule: { kind: 'no_placeholder_text' } },
];

/** What a program checks of every answer: by the task type, and what the buyer adds. */
export function Quality({ type }: { type: TaskTypeView }) {
  const form = useBrief();
  const rules: QualityRule[] = form.useWatchValue('rules');
  const set = (next: QualityRule[]) => form.setFieldValue('rules', next);
  return (
    <Stack gap="sm">
      <Accordion variant="contained">
        <Accordion.Item value="type">
          <Accordion.Control>
            <Text size="sm">
              Checked anyway: {type.name} has its own rules and questions, {percent(type.decidable_share)} of their
              weight decided by a program
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            <TypeChecks type={type} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      {rules.map((rule, at) => (
        <RuleRow
          key={`${at} ${rule.kind}`}
          rule={rule}
          onChange={(changed) => set(rules.with(at, changed))}
          onRemove={() => set(rules.toSpliced(at, 1))}
        />
      ))}
      {form.errors.rules && (
        <Text size="sm" c="red" role="alert">
          {form.errors.rules}
        </Text>
      )}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} w="fit-content" data-path="rules">
            Add a rule
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {SIMPLE.map(({ label, rule }) => (
            <Menu.Item key={label} onClick={() => set([...rules, rule])}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Stack>
  );
}

/** The task type's rules and questions, in words. */
export function TypeChecks({ type }: { type: Pick<TaskTypeView, 'quality_rules' | 'rubric'> }) {
  return (
    <Stack gap="sm">
      {type.quality_rules.length > 0 && (
        <List size="sm" spacing={2}>
          {type.quality_rules.map((rule) => (
            <List.Item key={JSON.stringify(rule)}>{ruleWords(rule)}</List.Item>
          ))}
        </List>
      )}
      {type.rubric.dimensions.map(({ key, name, weight, criteria }) => (
        <div key={key}>
          <Text size="sm" fw={600}>
            {name} · {percent(weight)}
          </Text>
          <List size="sm" spacing={2}>
            {criteria.map((criterion) => (
              <List.Item key={criterion.key}>
                {criterion.question}{' '}
                {criterion.check === null && (
                  <Text span size="xs" c="dimmed">
                    (takes a model or a person to say)
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
        </div>
      ))}
    </Stack>
  );
}

interface Row {
  rule: QualityRule;
  onChange: (rule: QualityRule) => void;
  onRemove: () => void;
}

function RuleRow({ rule, onChange, onRemove }: Row) {
  const label = SIMPLE.find((simple) => simple.rule.kind === rule.kind)?.label ?? null;
  return (
    <Group align="flex-end" wrap="nowrap" gap="xs">
      <div style={{ flex: 1, minWidth: 0 }}>
        {label === null ? (
          <Text size="sm">{ruleWords(rule)}</Text>
        ) : (
          <RuleInputs label={label} rule={rule} onChange={onChange} />
        )}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Remove the rule: ${label ?? rule.kind}`}
        onClick={onRemove}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}

function RuleInputs({ label, rule, onChange }: { label: string; rule: QualityRule; onChange: Row['onChange'] }) {
  switch (rule.kind) {
    case 'includes':
    case 'excludes':
      return (
        <TagsInput
          label={label}
          description="Press Enter after each; any case, whole words."
          value={rule.terms}
          onChange={(terms) => onChange({ ...rule, terms })}
        />
      );
    case 'sections':
      return (
        <TagsInput
          label={label}
          description="Titles that have to be there. Press Enter after each."
          value={rule.titles ?? []}
          onChange={(titles) => onChange({ ...rule, titles })}
        />
      );
    case 'language':
      return (
        <TextInput
          label={label}
          description="Its English name, or its code of two letters."
          value={rule.language}
          onChange={({ currentTarget }) => onChange({ ...rule, language: currentTarget.value })}
        />
      );
    case 'words':
    case 'links':
    case 'citations':
      return <RangeInputs label={label} rule={rule} onChange={onChange} />;
    default:
      return <Text size="sm">{ruleWords(rule)}</Text>;
  }
}

type Counting = Extract<QualityRule, { kind: 'words' | 'links' | 'citations' }>;

function RangeInputs({ label, rule, onChange }: { label: string; rule: Counting; onChange: Row['onChange'] }) {
  const change = (bound: 'min' | 'max') => (given: string | number) => {
    const { [bound]: _old, ...rest } = rule;
    onChange((given === '' ? rest : { ...rest, [bound]: Number(given) }) as Counting);
  };
  return (
    <Group gap="xs" grow>
      <NumberInput
        label={`${label}, at least`}
        min={0}
        allowDecimal={false}
        value={rule.min ?? ''}
        onChange={change('min')}
      />
      <NumberInput
        label={`${label}, at most`}
        min={0}
        allowDecimal={false}
        value={rule.max ?? ''}
        onChange={change('max')}
      />
    </Group>
  );
}
