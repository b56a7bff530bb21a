import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, type To } from 'react-router';

/** A link inside the app that looks like a link. */
export function AppLink({ to, ...rest }: AnchorProps & { to: To; children: ReactNode }) {
  return <Anchor component={Link} to={to} {...rest} />;
}

/** A link inside the app that looks like a button. */
export function LinkButton({ to, ...rest }: ButtonProps & { to: To; children: ReactNode }) {
  return <Button component={Link} to={to} {...rest} />;
}
