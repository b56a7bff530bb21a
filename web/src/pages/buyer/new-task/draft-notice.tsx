import { Alert, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { When } from '../../../ui/time.tsx';

/** How the form began: empty, with a kind of work, like an old task, or with what was kept at that moment (RFC 3339). */
export type Begun = 'blank' | 'type' | 'like' | (string & {});

/** Says that an unfinished brief is here, and throws it away if that is wished. */
export function DraftNotice({ begun, onDiscard }: { begun: Begun; onDiscard: () => void }) {
  const [isShown, setShown] = useState(begun !== 'blank' && begun !== 'type');
  if (!isShown) return null;
  return (
    <Alert variant="light" color="gray" p="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {begun === 'like' ? (
            'Filled in like your earlier task. Change what differs.'
          ) : (
            <>
              Your unfinished brief, kept in this browser <When at={begun} />.
            </>
          )}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setShown(false);
            onDiscard();
          }}
        >
          Begin anew
        </Button>
      </Group>
    </Alert>
  );
}
