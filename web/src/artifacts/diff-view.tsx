import './code.css';
import { Box, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type By, folded, type Part, partsOf } from './diff-parts.ts';
import type { Sent } from './kind.ts';
import { Note, TextOf } from './text-of.tsx';

interface Props {
  before: Sent;
  after: Sent;
  /** What the two sides are called: `the prototype`, `the delivery`. */
  names: readonly [before: string, after: string];
  /** What it begins with: words for two states of one text, lines for two texts. */
  by?: By;
}

/** How one text file differs from another. */
export function DiffView({ before, after, names, by = 'words' }: Props) {
  return (
    <TextOf sent={before}>
      {(old) => (
        <TextOf sent={after}>{(young) => <Difference before={old} after={young} names={names} first={by} />}</TextOf>
      )}
    </TextOf>
  );
}

interface TextsProps {
  before: string;
  after: string;
  names: Props['names'];
  first: By;
}

function Difference({ before, after, names, first }: TextsProps) {
  const [by, setBy] = useState(first);
  const parts = useMemo(() => partsOf(before, after, by), [before, after, by]);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          <del className="diff-removed">only in {names[0]}</del> <ins className="diff-added">only in {names[1]}</ins>
        </Text>
        <SegmentedControl
          size="xs"
          aria-label="Compare by"
          value={by}
          onChange={(value) => setBy(value as By)}
          data={[
            { value: 'words', label: 'Words' },
            { value: 'lines', label: 'Lines' },
          ]}
        />
      </Group>
      {before === after && <Note>The two are the same, letter by letter.</Note>}
      {parts === null && <Note>They are too long, or too different, to be compared here.</Note>}
      {parts && before !== after && (
        <Box component="pre" className="code" mod={{ wraps: true }} tabIndex={0}>
          {folded(parts).map((part, i) => (
            <OnePart key={`${by} ${i}`} part={part} />
          ))}
        </Box>
      )}
    </Stack>
  );
}

function OnePart({ part }: { part: Part }) {
  const [open, setOpen] = useState(false);
  if (part.kind === 'added') return <ins className="diff-added">{part.text}</ins>;
  if (part.kind === 'removed') return <del className="diff-removed">{part.text}</del>;
  if (part.kind === 'same' || open) return <span>{part.text}</span>;
  return (
    <Button variant="default" size="compact-xs" my={4} display="block" onClick={() => setOpen(true)}>
      Show {part.text.split('\n').length - 1} lines that are the same
    </Button>
  );
}
