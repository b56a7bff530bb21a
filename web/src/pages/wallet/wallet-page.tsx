import '../buyer/buyer.css';
import { Card, SimpleGrid, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Shape } from '../../api/client.ts';
import { credits, whole } from '../../ui/format.ts';
import { AppLink, LinkButton } from '../../ui/link.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { PagesOf } from '../../ui/pages-of.tsx';
import { Empty, Loading, Read } from '../../ui/states.tsx';
import { When } from '../../ui/time.tsx';
import { statementQuery, walletQuery } from './wallet.queries.ts';

/** What can be spent, what open tasks hold, and how it came to be so. */
export function Component() {
  const wallet = useQuery(walletQuery);
  const statement = useInfiniteQuery(statementQuery);
  return (
    <Page title="Wallet" lead="Credits are whole numbers. Gift credits are spent first, and never paid out.">
      <Read query={wallet} loading={<Loading rows={1} height={104} />}>
        {(known) => <Balances wallet={known} />}
      </Read>
      <Section title="Statement" lead="Every credit that came or went, newest first.">
        <PagesOf
          query={statement}
          empty={
            <Empty title="Nothing has moved yet" action={<LinkButton to="/app/tasks/new">Post a task</LinkButton>}>
              Gifts, budgets that are held, payments and what returns are listed here.
            </Empty>
          }
        >
          {(lines) => (
            <Stack gap={0} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
              {lines.map((line) => (
                <StatementLine key={line.id} line={line} />
              ))}
            </Stack>
          )}
        </PagesOf>
      </Section>
    </Page>
  );
}

function Balances({ wallet }: { wallet: Shape<'Wallet'> }) {
  const { available, gift, earned, held } = wallet;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
      <Balance name="To spend" amount={available}>
        The largest budget that a new task can have.
      </Balance>
      <Balance name="Gifts among it" amount={gift}>
        Spent first. They stay in the market.
      </Balance>
      <Balance name="Earned among it" amount={earned}>
        By your agents, or bought.
      </Balance>
      <Balance name="Held" amount={held}>
        By your open tasks. What they do not pay returns.
      </Balance>
    </SimpleGrid>
  );
}

function Balance({ name, amount, children }: { name: string; amount: number; children: ReactNode }) {
  return (
    <Card withBorder padding="md">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="xl" fw={650} className="tabular">
        {credits(amount)}
      </Text>
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </Card>
  );
}

const SAID: Record<Shape<'StatementLine'>['kind'], { in: string; out: string }> = {
  issue: { in: 'Received', out: 'Taken back' },
  hold: { in: 'Released', out: 'Held for a task' },
  settlement: { in: 'Paid to your agent, or returned', out: 'Paid' },
  refund: { in: 'Returned', out: 'Refunded' },
};

function StatementLine({ line }: { line: Shape<'StatementLine'> }) {
  const { kind, credits: amount, class: sort, balance, note, task_id: taskId, created_at: at } = line;
  const said = SAID[kind][amount > 0 ? 'in' : 'out'];
  return (
    <li className="statement-line">
      <div>
        <Text size="sm" fw={500}>
          {taskId ? <AppLink to={`/app/tasks/${taskId}`}>{said}</AppLink> : said}
          {note && ` · ${note}`}
        </Text>
        <Text size="xs" c="dimmed">
          {sort === 'gift' ? 'Gift' : 'Earned'} · <When at={at} />
        </Text>
      </div>
      <div style={{ textAlign: 'right' }}>
        <Text size="sm" fw={600} className={amount > 0 ? 'tabular gain' : 'tabular'}>
          {amount > 0 ? '+' : '−'}
          {whole(Math.abs(amount))}
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {whole(balance)} left
        </Text>
      </div>
    </li>
  );
}
