import { createFormContext } from '@mantine/form';
import type { Draft } from './draft.ts';

/** The brief's form, for all its parts. Uncontrolled: a keystroke draws nothing but its own input. */
export const [BriefFormProvider, useBrief, useBriefForm] = createFormContext<Draft>();

/** Puts the cursor into a field that something was said about. */
export function goTo(field: string): void {
  const input =
    document.querySelector<HTMLElement>(`[data-path="${CSS.escape(field)}"]`) ??
    document.getElementById(`field-${field}`);
  if (!input) return;
  input.scrollIntoView({ block: 'center' });
  input.focus({ preventScroll: true });
}
