import { Box } from '@mantine/core';
import { NavLink } from 'react-router';

export interface PathTab {
  readonly label: string;
  /** Below the page that has the tabs; '' is that page itself. */
  readonly to: string;
}

/** The parts of one page, each with an address of its own. On a narrow screen the row scrolls sideways. */
export function PathTabs({ label, tabs }: { label: string; tabs: readonly PathTab[] }) {
  return (
    <Box component="nav" aria-label={label} className="path-tabs">
      {tabs.map(({ label: name, to }) => (
        <NavLink key={to} to={to} end={to === ''} className="path-tab" preventScrollReset>
          {name}
        </NavLink>
      ))}
    </Box>
  );
}
