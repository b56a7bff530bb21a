import { Text } from '@mantine/core';
import { LinkButton } from '../ui/link.tsx';
import { Page } from '../ui/page.tsx';

export function NotFound() {
  return (
    <Page title="There is no such page" lead="The address may be old, or mistyped.">
      <Text component="div">
        <LinkButton to="/">To the start</LinkButton>
      </Text>
    </Page>
  );
}
