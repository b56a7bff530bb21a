import { AppShell, Burger, Container, Group, NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { Link, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useMe } from '../session/session.queries.ts';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { LiveBadge } from './live-badge.tsx';
import { NAV } from './nav.ts';
import { SchemeToggle } from './scheme-toggle.tsx';

/** The frame around every page: the bar, the left column for those who are signed in, the page. */
export function Shell() {
  const me = useMe();
  const { pathname } = useLocation();
  const [opened, { toggle, close }] = useDisclosure();
  // A new page closes the drawer that led to it.
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      padding="md"
      {...(me ? { navbar: { width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } } } : {})}
    >
      <a href="#page" className="skip-link">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            {me && (
              <Burger
                opened={opened}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={opened ? 'Close the menu' : 'Open the menu'}
              />
            )}
            <Brand />
          </Group>
          <Group gap="xs" wrap="nowrap" miw={0}>
            {me && <LiveBadge />}
            <SchemeToggle />
            <AccountMenu me={me} />
          </Group>
        </Group>
      </AppShell.Header>
      {me && (
        <AppShell.Navbar p="sm" component="nav" aria-label="Main">
          <AppShell.Section grow component={ScrollArea} type="auto">
            <Stack gap="md">
              {NAV.filter(({ adminOnly }) => !adminOnly || me.role === 'admin').map(({ label, items }) => (
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
        </AppShell.Navbar>
      )}
      <AppShell.Main id="page" tabIndex={-1}>
        <Container size="xl" px={0}>
          <Outlet />
        </Container>
      </AppShell.Main>
      <ScrollRestoration />
    </AppShell>
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
