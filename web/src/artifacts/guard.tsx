import { Text } from '@mantine/core';
import { Component, type PropsWithChildren } from 'react';

/** Whatever a stranger's file does to what shows it, the page around it stays. */
export class Guard extends Component<PropsWithChildren, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Text size="sm" c="dimmed" role="status" p="sm">
        This file cannot be shown here. Download it to look at it.
      </Text>
    );
  }
}
