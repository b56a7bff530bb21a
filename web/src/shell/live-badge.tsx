import { Badge, Tooltip } from '@mantine/core';
import { useLiveState } from '../live/live-provider.tsx';

const SAID = {
  connecting: { color: 'gray', label: 'Connecting', help: 'Opening the stream of what happens.' },
  live: { color: 'teal', label: 'Live', help: 'What happens shows by itself.' },
  away: { color: 'yellow', label: 'Reconnecting', help: 'The connection broke; this page catches up by itself.' },
} as const;

/** Whether the page hears what happens. */
export default function LiveBadge() {
  const { color, label, help } = SAID[useLiveState()];
  return (
    <Tooltip label={help}>
      <Badge variant="dot" color={color} visibleFrom="xs" role="status">
        {label}
      </Badge>
    </Tooltip>
  );
}
