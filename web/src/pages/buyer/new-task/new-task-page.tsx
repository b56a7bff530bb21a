import '../buyer.css';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useMe } from '../../../session/session.queries.ts';
import { Page } from '../../../ui/page.tsx';
import { Loading, Read } from '../../../ui/states.tsx';
import { categoriesQuery } from '../../taxonomy/taxonomy.queries.ts';
import { taskQuery } from '../tasks.queries.ts';
import { BriefEditor } from './brief-editor.tsx';
import { BLANK, draftOf } from './draft.ts';
import { keptDraft } from './kept-draft.ts';
import { termsQuery } from './new-task.queries.ts';
import { homeOf } from './type-picker.tsx';

/** Writing a brief. `?type=` begins with a kind of work, `?like=` with an old task; otherwise with what was left unfinished. */
export function Component() {
  const me = useMe();
  const [search] = useSearchParams();
  const [like, type] = [search.get('like'), search.get('type')];
  const categories = useQuery(categoriesQuery);
  const terms = useQuery(termsQuery);
  const old = useQuery({ ...taskQuery(like ?? ''), enabled: like !== null });
  if (!me) return <Loading />;
  return (
    <Page
      title="New task"
      lead="Write the brief, see who would be asked, then post it. Nothing is held before you say so."
    >
      <Read query={categories}>
        {(kinds) => (
          <Read query={terms}>
            {(known) => {
              const common = { categories: kinds, terms: known, accountId: me.id };
              if (like !== null)
                return (
                  <Read query={old}>
                    {(task) => <BriefEditor key={like} {...common} initial={draftOf(task)} begun="like" />}
                  </Read>
                );
              const home = type === null ? '' : homeOf(type, kinds);
              if (type !== null && home !== '')
                return (
                  <BriefEditor
                    key={type}
                    {...common}
                    initial={{ ...BLANK, category: home, task_type: type }}
                    begun="type"
                  />
                );
              const kept = keptDraft(me.id);
              return (
                <BriefEditor key="own" {...common} initial={kept?.draft ?? BLANK} begun={kept ? kept.at : 'blank'} />
              );
            }}
          </Read>
        )}
      </Read>
    </Page>
  );
}
