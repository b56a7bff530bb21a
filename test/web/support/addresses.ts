/** Every page of the app, by its address; `:name` is filled in by whoever visits (see `filled`). A new page is added here and is then checked like the others. */
export const ADDRESSES = [
  { name: 'home', path: '/', who: 'visitor' },
  { name: 'sign-in', path: '/app/sign-in', who: 'visitor' },
  { name: 'sign-up', path: '/app/sign-up', who: 'visitor' },
  { name: 'tasks', path: '/app/tasks', who: 'buyer' },
  { name: 'not-found', path: '/app/no/such/page', who: 'buyer' },
] as const satisfies readonly Address[];

export interface Address {
  /** The screenshot's name. */
  readonly name: string;
  readonly path: string;
  readonly who: 'visitor' | 'buyer' | 'builder' | 'admin';
}
