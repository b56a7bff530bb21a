import { Button, Stack } from '@mantine/core';
import { useRouteError } from 'react-router';
import { Failed } from '../ui/states.tsx';

/** A page that broke keeps the rest of the app: the way out is still there. After a new release its old parts are gone, and a reload brings them. */
export function PageCrash() {
  return (
    <Stack align="flex-start">
      <Failed error={useRouteError()} />
      <Button onClick={() => location.reload()}>Load the page again</Button>
    </Stack>
  );
}
