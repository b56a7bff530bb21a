import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';

/** What lies over a page: questions (`ui/confirm.tsx`) and news (`ui/notify.tsx`). Loaded beside the app's pages, not with the first one. */
export default function Overlays() {
  return (
    <ModalsProvider>
      <Notifications position="bottom-right" />
    </ModalsProvider>
  );
}
