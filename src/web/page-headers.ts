/**
 * What a page of ours may do: load its own files and ask its own server. Scripts and styles in the page itself need the nonce of this
 * one answer, so nothing that a stranger wrote can run even if it got into the page. Frames hold strangers' files and nothing else.
 */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function headersOfPage(nonce: string): Record<string, string> {
  return {
    'content-security-policy': policy(nonce),
    'cache-control': 'no-cache',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'x-frame-options': 'DENY',
  };
}
