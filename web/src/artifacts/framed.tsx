import type { Sent } from './kind.ts';
import { framedLink, useLink } from './links.ts';

/**
 * A stranger's page, in a frame of no origin: no script, no form, no window but its own, and by the headers it is sent with no request
 * to anywhere.
 */
export function Framed({ sent, height }: { sent: Sent; height: number | string }) {
  const link = useLink(sent.url);
  return (
    <iframe
      sandbox=""
      src={framedLink(link)}
      title={sent.name}
      referrerPolicy="no-referrer"
      style={{ display: 'block', width: '100%', height, border: 0, background: '#fff', colorScheme: 'light' }}
    />
  );
}
