import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';

interface Question {
  title: string;
  /** What happens, to whose credits, and whether it can be taken back. */
  children: ReactNode;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
}

/** Asked before money moves or something ends for good. */
export function confirm({ title, children, confirm: label, danger = false, onConfirm }: Question): void {
  modals.openConfirmModal({
    title,
    children: (
      <Text size="sm" component="div">
        {children}
      </Text>
    ),
    labels: { confirm: label, cancel: 'Back' },
    confirmProps: danger ? { color: 'red.8' } : {},
    onConfirm,
  });
}
