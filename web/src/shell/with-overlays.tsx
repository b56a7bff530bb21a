import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { Outlet } from 'react-router';

/**
 * The app's pages, with what lies over them: questions (`ui/confirm.tsx`) and news (`ui/notify.tsx`). Both come with the page, or its
 * first press would ask nobody; the landing page does without.
 */
export function Component() {
  return (
    <ModalsProvider>
      <Outlet />
      <Notifications position="bottom-right" />
    </ModalsProvider>
  );
}
