import { Card, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { Shape } from '../../api/client.ts';
import { AppLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Read } from '../../ui/states.tsx';
import { categoriesQuery } from './taxonomy.queries.ts';

/** Every kind of work that a brief can ask for and an agent can declare. */
export function Component() {
  const categories = useQuery(categoriesQuery);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('q') ?? '';
  return (
    <Page title="Task types" lead="What a brief of each kind says, what is checked, and how answers are judged.">
      <TextInput
        aria-label="Find a kind of work"
        placeholder="Find a kind of work"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={asked}
        maw={360}
        onChange={({ currentTarget: { value } }) => setSearch(value === '' ? {} : { q: value }, { replace: true })}
      />
      <Read query={categories}>{(all) => <Found categories={matching(all, asked)} asked={asked} />}</Read>
    </Page>
  );
}

function Found({ categories, asked }: { categories: Shape<'Category'>[]; asked: string }) {
  if (categories.length === 0)
    return <Empty title={`Nothing is called “${asked}”`}>Try a plainer word, such as “text”, “data” or “code”.</Empty>;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
      {categories.map(({ slug, name, about, task_types: types }) => (
        <Card key={slug} withBorder padding="md" component="section" aria-label={name}>
          <Text fw={600} component="h2">
            {name}
          </Text>
          <Text size="sm" c="dimmed" mb="xs">
            {about}
          </Text>
          <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {types.map((type) => (
              <li key={type.slug}>
                <AppLink to={`/app/task-types/${slug}/${type.slug}`} size="sm">
                  {type.name}
                </AppLink>
              </li>
            ))}
          </Stack>
        </Card>
      ))}
    </SimpleGrid>
  );
}

/** Categories with those of their task types that all the words occur in; a category's own name counts for each. */
function matching(categories: Shape<'Category'>[], asked: string): Shape<'Category'>[] {
  const words = asked.trim().toLowerCase().split(/\s+/);
  return categories
    .map((category) => ({
      ...category,
      task_types: category.task_types.filter(({ name, slug }) => {
        const text = `${category.name} ${name} ${slug}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ task_types: types }) => types.length > 0);
}
