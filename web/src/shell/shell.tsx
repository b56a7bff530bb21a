import { AppShell, Box, Burger, Container, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { meQuery } from '../session/session.queries.ts';
import { LinkButton } from '../ui/link.tsx';
import { Brand } from './brand.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';

// A visitor's first page needs none of these.
const AccountMenu = lazy(() => import('./account-menu.tsx'));
const LiveBadge = lazy(() => import('./live-badge.tsx'));
const MainMenu = lazy(() => import('./main-menu.tsx'));

/** The frame around every page: the bar, the left column for those who are signed in, the page. */
export function Shell() {
  const { data: me, isPending } = useQuery(meQuery);
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
            <Suspense>{me && <LiveBadge />}</Suspense>
            <SchemeToggle />
            <Suspense fallback={<Box w={120} />}>
              {me ? <AccountMenu me={me} /> : isPending || <LinkButton to="/app/sign-in">Sign in</LinkButton>}
            </Suspense>
          </Group>
        </Group>
      </AppShell.Header>
      {me && (
        <AppShell.Navbar p="sm" component="nav" aria-label="Main">
          <Suspense>
            <MainMenu role={me.role} pathname={pathname} />
          </Suspense>
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
