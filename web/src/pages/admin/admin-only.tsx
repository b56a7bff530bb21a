import { Outlet } from 'react-router';
import { useMe } from '../../session/session.queries.ts';
import { NotFound } from '../../shell/not-found.tsx';

/** For everybody else these pages are not there. The server refuses their reads anyway. */
export function Component() {
  return useMe()?.role === 'admin' ? <Outlet /> : <NotFound />;
}
