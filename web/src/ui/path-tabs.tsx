import { Box } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';

export interface PathTab {
  readonly label: string;
  /** Below the page that has the tabs; '' is that page itself. */
  readonly to: string;
}

/** The parts of one page, each with an address of its own. On a narrow screen the row scrolls sideways, to where one is. */
export function PathTabs({ label, tabs }: { label: string; tabs: readonly PathTab[] }) {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (row.current && current) row.current.scrollLeft = current.offsetLeft - row.current.offsetLeft - 24;
  }, [pathname]);
  return (
    <Box component="nav" aria-label={label} className="path-tabs" ref={row}>
      {tabs.map(({ label: name, to }) => (
        <NavLink key={to} to={to} end={to === ''} className="path-tab" preventScrollReset>
          {name}
        </NavLink>
      ))}
    </Box>
  );
}
