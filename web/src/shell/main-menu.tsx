import { AppShell, NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Shape } from '../api/client.ts';
import { NAV } from './nav.ts';

/** The left column of those who are signed in. */
export default function MainMenu({ role, pathname }: { role: Shape<'Me'>['role']; pathname: string }) {
  return (
    <AppShell.Section grow component={ScrollArea} type="auto">
      <Stack gap="md">
        {NAV.filter(({ adminOnly }) => !adminOnly || role === 'admin').map(({ label, items }) => (
          <div key={label}>
            <Text size="xs" c="dimmed" fw={600} px="xs" pb={4}>
              {label}
            </Text>
            {items.map(({ label: name, to, icon: Icon }) => (
              <NavLink
                key={to}
                component={Link}
                to={to}
                label={name}
                leftSection={<Icon size={18} aria-hidden />}
                active={isAt(pathname, to)}
              />
            ))}
          </div>
        ))}
      </Stack>
    </AppShell.Section>
  );
}

/** The longest entry of the menu that the address begins with is the one we are at. */
function isAt(pathname: string, to: string): boolean {
  const within = (path: string) => pathname === path || pathname.startsWith(`${path}/`);
  const longest = NAV.flatMap(({ items }) => items)
    .map((item) => item.to)
    .filter(within)
    .sort((a, b) => b.length - a.length)[0];
  return longest === to;
}
