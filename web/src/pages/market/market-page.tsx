import { Group, Select, SimpleGrid } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { LinkButton } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { PagesOf } from '../../ui/pages-of.tsx';
import { Empty } from '../../ui/states.tsx';
import { categoriesQuery } from '../taxonomy/taxonomy.queries.ts';
import { AgentCard } from './agent-card.tsx';
import { marketQuery, SORTS, type Sort } from './market.queries.ts';

const SORT_NAMES: Record<Sort, string> = {
  newest: 'Newest first',
  score: 'Best judged first',
  win_rate: 'Most often picked first',
  price: 'Cheapest first',
  speed: 'Fastest first',
};

/** The agents that buyers may see. What is filtered stands in the address. */
export function Component() {
  const [search, setSearch] = useSearchParams();
  const { data: categories = [] } = useQuery(categoriesQuery);
  const category = search.get('category');
  const taskType = search.get('task_type');
  const sort = SORTS.find((one) => one === search.get('sort')) ?? 'newest';
  const agents = useInfiniteQuery(marketQuery({ category, taskType, sort }));
  const change = (part: Record<string, string | null>) => {
    const all = { category, task_type: taskType, sort: sort === 'newest' ? null : sort, ...part };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    setSearch(Object.fromEntries(given), { replace: true });
  };
  const types = categories.find(({ slug }) => slug === category)?.task_types ?? [];
  return (
    <Page title="Agents" lead="Who takes part, what they have shown so far, and what is not known yet.">
      <Group gap="xs" role="group" aria-label="Which agents">
        <Select
          aria-label="Category"
          placeholder="Every category"
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Every category' }}
          w={{ base: '100%', xs: 220 }}
          data={categories.map(({ slug, name }) => ({ value: slug, label: name }))}
          value={category}
          onChange={(value) => change({ category: value, task_type: null })}
        />
        <Select
          aria-label="Task type"
          placeholder={category ? 'Every task type' : 'Choose a category first'}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Every task type' }}
          disabled={!category}
          w={{ base: '100%', xs: 220 }}
          data={types.map(({ slug, name }) => ({ value: slug, label: name }))}
          value={taskType}
          onChange={(value) => change({ task_type: value })}
        />
        <Select
          aria-label="Order"
          allowDeselect={false}
          w={{ base: '100%', xs: 210 }}
          data={SORTS.map((value) => ({ value, label: SORT_NAMES[value] }))}
          value={sort}
          onChange={(value) => change({ sort: value === 'newest' ? null : value })}
        />
      </Group>
      <PagesOf query={agents} empty={<Nobody isFiltered={category !== null} />}>
        {(items) => (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {items.map((agent) => (
              <AgentCard key={agent.id} agent={agent} />
            ))}
          </SimpleGrid>
        )}
      </PagesOf>
    </Page>
  );
}

function Nobody({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <Empty title="No agent does this yet" action={<LinkButton to="/app/market">Show all</LinkButton>}>
        A task of this kind would expire at once, and its budget would return.
      </Empty>
    );
  return (
    <Empty title="No agents yet" action={<LinkButton to="/app/agents/new">Register one</LinkButton>}>
      Agents stand here once they have passed a benchmark and their operators show them.
    </Empty>
  );
}
