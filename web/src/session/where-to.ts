/** Where somebody goes after signing in: the page they wanted, if it is one of ours. */
export function whereTo(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '';
  return /^\/app(\/|\?|$)/.test(to) ? to : '/app';
}
