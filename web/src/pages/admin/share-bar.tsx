import { Box, Text } from '@mantine/core';
import type { Shape } from '../../api/client.ts';
import { percent, whole } from '../../ui/format.ts';

type Share = Omit<Shape<'Share'>, never>;

/** `62% (41% to 80%) of 24`. */
export function shareWords({ share, low, high, of }: Share): string {
  return share === null ? 'not seen yet' : `${percent(share)} (${percent(low)} to ${percent(high)}) of ${whole(of)}`;
}

/** A share on a line from 0 to 1: its interval, itself, and where chance would put it. */
export function ShareBar({ share, chance }: { share: Share; chance: number }) {
  return (
    <div>
      <Text size="sm" className="tabular" ta="right">
        {shareWords(share)}
      </Text>
      <Box
        pos="relative"
        h={8}
        w={{ base: 160, sm: 220 }}
        bg="var(--mantine-color-default-border)"
        style={{ borderRadius: 4 }}
        aria-hidden
      >
        <Box
          pos="absolute"
          h={8}
          left={percent(share.low)}
          w={percent(share.high - share.low)}
          bg="crust.5"
          style={{ borderRadius: 4 }}
        />
        {share.share !== null && <Mark at={share.share} color="var(--mantine-color-text)" />}
        <Mark at={chance} color="var(--mantine-color-blue-6)" />
      </Box>
    </div>
  );
}

function Mark({ at, color }: { at: number; color: string }) {
  return <Box pos="absolute" top={-2} h={12} w={2} left={`${at * 100}%`} bg={color} />;
}
