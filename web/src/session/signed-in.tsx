import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from 'react-router';
import { Loading } from '../ui/states.tsx';
import { meQuery } from './session.queries.ts';

/** Pages below are for signed-in people; a visitor signs in and comes back to the same address. */
export function SignedIn() {
  const { data: me, isPending } = useQuery(meQuery);
  const { pathname, search } = useLocation();
  if (isPending) return <Loading />;
  if (!me) return <Navigate to={`/app/sign-in?${new URLSearchParams({ to: pathname + search })}`} replace />;
  return <Outlet />;
}
