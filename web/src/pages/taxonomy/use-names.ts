import { useQuery } from '@tanstack/react-query';
import { words } from '../../ui/format.ts';
import { categoriesQuery } from './taxonomy.queries.ts';

/** The names that readers see of categories and task types; the slugs as words while the taxonomy is not here yet. */
export function useNames() {
  const { data: categories = [] } = useQuery(categoriesQuery);
  const categoryName = (slug: string) => categories.find((one) => one.slug === slug)?.name ?? spaced(slug);
  const typeName = (slug: string) =>
    categories.flatMap((one) => one.task_types).find((one) => one.slug === slug)?.name ?? spaced(slug);
  const nameOf = ({ category, task_type: type }: { category: string; task_type?: string | null }) =>
    type ? typeName(type) : `All of ${categoryName(category)}`;
  return { categoryName, typeName, nameOf };
}

const spaced = (slug: string) => words(slug.replaceAll('-', '_'));
