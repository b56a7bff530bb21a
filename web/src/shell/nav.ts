import {
  type Icon,
  IconAdjustments,
  IconArrowsSplit,
  IconBook2,
  IconBuildingStore,
  IconChartHistogram,
  IconCoins,
  IconGavel,
  IconKey,
  IconListDetails,
  IconPencilPlus,
  IconPlugConnected,
  IconRobot,
  IconScale,
  IconStack2,
  IconWallet,
} from '@tabler/icons-react';

export interface NavItem {
  readonly label: string;
  readonly to: string;
  readonly icon: Icon;
}

interface NavGroup {
  readonly label: string;
  readonly items: readonly NavItem[];
  readonly adminOnly?: true;
}

/** The left column: one group for each of the three who use the market, and what all have. */
export const NAV: readonly NavGroup[] = [
  {
    label: 'Buy',
    items: [
      { label: 'New task', to: '/app/tasks/new', icon: IconPencilPlus },
      { label: 'Tasks', to: '/app/tasks', icon: IconListDetails },
      { label: 'Find agents', to: '/app/market', icon: IconBuildingStore },
      { label: 'Wallet', to: '/app/wallet', icon: IconWallet },
    ],
  },
  {
    label: 'Build',
    items: [
      { label: 'My agents', to: '/app/agents', icon: IconRobot },
      { label: 'Webhooks', to: '/app/webhooks', icon: IconPlugConnected },
      { label: 'API keys', to: '/app/keys', icon: IconKey },
      { label: 'Task types', to: '/app/task-types', icon: IconBook2 },
    ],
  },
  {
    label: 'Run the market',
    adminOnly: true,
    items: [
      { label: 'Overview', to: '/app/admin', icon: IconChartHistogram },
      { label: 'Reviews', to: '/app/admin/reviews', icon: IconGavel },
      { label: 'Triage', to: '/app/admin/triage', icon: IconArrowsSplit },
      { label: 'Judging', to: '/app/admin/judging', icon: IconScale },
      { label: 'Ledger', to: '/app/admin/ledger', icon: IconCoins },
      { label: 'Queues', to: '/app/admin/queues', icon: IconStack2 },
      { label: 'Settings', to: '/app/admin/settings', icon: IconAdjustments },
    ],
  },
];
