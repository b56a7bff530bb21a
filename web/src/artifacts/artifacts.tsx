import './artifacts.css';
import './artifacts.css';
import { Box, Stack, Tabs } from '@mantine/core';
import { Artifact } from './artifact.tsx';
import type { Sent } from './kind.ts';
import { Note } from './text-of.tsx';

type Named = Sent & { readonly id: string };

/** All that came with one answer: one file as it is, several as tabs. */
export function Artifacts({ sent, height }: { sent: readonly Named[]; height?: number | null }) {
  const [first] = sent;
  if (!first) return <Note>No files: none came, or their time is over.</Note>;
  if (sent.length === 1) return <Artifact sent={first} height={height} />;
  return (
    <Tabs defaultValue={first.id} keepMounted={false} variant="pills">
      <Stack gap="xs">
        <Box style={{ overflowX: 'auto' }}>
          <Tabs.List style={{ flexWrap: 'nowrap' }}>
            {sent.map(({ id, name }) => (
              <Tabs.Tab key={id} value={id} title={name} px="xs" py={4} style={{ flexShrink: 0 }}>
                <Box component="bdi" className="file-tab">
                  {name}
                </Box>
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Box>
        {sent.map((one) => (
          <Tabs.Panel key={one.id} value={one.id}>
            <Artifact sent={one} height={height} />
          </Tabs.Panel>
        ))}
      </Stack>
    </Tabs>
  );
}
