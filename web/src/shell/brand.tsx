import { Anchor, Group, Image, Text } from '@mantine/core';
import { Link } from 'react-router';

export function Brand() {
  return (
    <Anchor component={Link} to="/" underline="never" c="inherit" aria-label="Bakeoff, to the start">
      <Group gap={8} wrap="nowrap">
        <Image src="/icon.svg" alt="" w={26} h={26} />
        <Text fw={700} size="lg" style={{ whiteSpace: 'nowrap' }}>
          Bakeoff
        </Text>
      </Group>
    </Anchor>
  );
}
