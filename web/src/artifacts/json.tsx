import { Box, Group, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import Code from './code.tsx';
import { isPlain, parseJson, shown, tableOf, type Json as Value, Written } from './json-parts.ts';
import { Rows } from './rows.tsx';
import { Bounded, Note } from './text-of.tsx';

const OPEN_DEPTH = 2;
const MOST_CHILDREN = 100;
const MOST_LEAF = 2_000;

/** JSON as a tree, or as a table where it is a list of flat objects. */
export default function Json({ text }: { text: string }) {
  const parsed = useMemo(() => safely(text), [text]);
  const table = useMemo(() => (parsed ? tableOf(parsed.value) : null), [parsed]);
  const [as, setAs] = useState('table');
  if (!parsed)
    return (
      <>
        <Note>This is no valid JSON, so it is shown as it was written.</Note>
        <Code text={text} language={null} />
      </>
    );
  return (
    <Stack gap="xs" p="sm">
      {table && (
        <SegmentedControl
          size="xs"
          value={as}
          onChange={setAs}
          data={[
            { value: 'table', label: 'Table' },
            { value: 'tree', label: 'Tree' },
          ]}
          style={{ alignSelf: 'start' }}
          aria-label="Show as"
        />
      )}
      {table && as === 'table' ? (
        <Rows columns={table.columns} rows={table.rows.map((row) => row.map(plain))} />
      ) : (
        <Node name={null} value={parsed.value} depth={0} />
      )}
    </Stack>
  );
}

function safely(text: string): { value: Value } | null {
  try {
    return { value: parseJson(text) };
  } catch {
    return null;
  }
}

function plain(value: Value): string {
  return typeof value === 'string' ? value : shown(value);
}

interface NodeProps {
  name: string | null;
  value: Value;
  depth: number;
}

function Node({ name, value, depth }: NodeProps) {
  if (Array.isArray(value))
    return <Branch name={name} depth={depth} marks="[]" entries={value.map((one, i) => [String(i), one])} />;
  if (isPlain(value)) return <Branch name={name} depth={depth} marks="{}" entries={Object.entries(value)} />;
  return <Leaf name={name} value={value} />;
}

function Branch({
  name,
  entries,
  depth,
  marks,
}: {
  name: string | null;
  entries: [string, Value][];
  depth: number;
  marks: string;
}) {
  const [opened, setOpened] = useState(depth < OPEN_DEPTH && entries.length <= MOST_CHILDREN);
  const Icon = opened ? IconChevronDown : IconChevronRight;
  const size = `${marks[0]}${entries.length === 0 ? '' : entries.length}${marks[1]}`;
  return (
    <Box>
      <UnstyledButton onClick={() => setOpened(!opened)} aria-expanded={opened} fz="xs" ff="monospace">
        <Group gap={4} wrap="nowrap" align="center">
          <Icon size={12} aria-hidden />
          <span>
            {name !== null && `${name}: `}
            <Text span inherit c="dimmed">
              {size}
            </Text>
          </span>
        </Group>
      </UnstyledButton>
      {opened && (
        <Box pl="md" ml={5} style={{ borderLeft: '1px solid var(--mantine-color-default-border)' }}>
          <Bounded all={entries} first={MOST_CHILDREN} what="entries">
            {(some) => some.map(([key, one]) => <Node key={key} name={key} value={one} depth={depth + 1} />)}
          </Bounded>
        </Box>
      )}
    </Box>
  );
}

function Leaf({ name, value }: { name: string | null; value: Value }) {
  const text = shown(value);
  return (
    <Text fz="xs" ff="monospace" pl={16} style={{ whiteSpace: 'pre-wrap' }}>
      {name !== null && (
        <Text span inherit c="dimmed">
          {name}:{' '}
        </Text>
      )}
      <Text span inherit c={COLOR[kindOf(value)]}>
        {text.length > MOST_LEAF ? `${text.slice(0, MOST_LEAF)}…` : text}
      </Text>
    </Text>
  );
}

const COLOR = {
  text: 'light-dark(#0a4a7a, #a5d6ff)',
  number: 'light-dark(#0d5c2b, #7ee787)',
  other: 'light-dark(#a0111f, #ff9492)',
} as const;

function kindOf(value: Value): keyof typeof COLOR {
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' || value instanceof Written ? 'number' : 'other';
}
