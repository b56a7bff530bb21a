import { Box, Button, Grid, Stack, Text } from '@mantine/core';
import { useDebouncedCallback, useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiError, type Shape } from '../../../api/client.ts';
import { confirm } from '../../../ui/confirm.tsx';
import { credits } from '../../../ui/format.ts';
import { toldError } from '../../../ui/notify.tsx';
import { taskTypeQuery } from '../../taxonomy/taxonomy.queries.ts';
import { walletQuery } from '../../wallet/wallet.queries.ts';
import { BriefCheck } from './brief-check.tsx';
import { BriefFormProvider, goTo, useBriefForm } from './brief-form.ts';
import { BriefParts } from './brief-parts.tsx';
import { BLANK, type Draft, fieldOf, type Post, postOf, type TaskTypeView } from './draft.ts';
import { type Begun, DraftNotice } from './draft-notice.tsx';
import { dropDraft, keepDraft } from './kept-draft.ts';
import { lint } from './lint.ts';
import { previewQuery } from './new-task.queries.ts';
import { usePosting } from './posting.ts';
import { PreviewPanel } from './preview-panel.tsx';

/** So long after the last keystroke the brief is looked at, and the market asked. */
const LOOK_MS = 300;
const ASK_MS = 900;

interface Props {
  categories: Shape<'Category'>[];
  terms: Shape<'Terms'>;
  accountId: string;
  initial: Draft;
  begun: Begun;
}

/** The brief's form, and beside it what it lacks, who would be asked, and the button. */
export function BriefEditor({ categories, terms, accountId, initial, begun }: Props) {
  const [draft, setDraft] = useState(initial);
  const look = useDebouncedCallback(setDraft, LOOK_MS);
  const type = useQuery(taskTypeQuery(draft.category, draft.task_type));
  const wallet = useQuery(walletQuery);
  const form = useBriefForm({
    mode: 'uncontrolled',
    initialValues: initial,
    onValuesChange(values) {
      // At once: whoever closes the tab in the middle of a word finds all of it again.
      keepDraft(accountId, values, new Date());
      look(values);
    },
    validate: (values) => errorsOf(values, type.data ?? null),
    validateInputOnBlur: ['title', 'description'],
  });
  const findings = useMemo(() => lint(draft, type.data ?? null), [draft, type.data]);
  const isReady = type.data !== undefined && findings.every(({ level }) => level !== 'missing');
  const [asked] = useDebouncedValue(isReady ? postOf(draft, type.data?.requirements ?? []) : null, ASK_MS);
  const preview = useQuery(previewQuery(asked));
  const { post, isPosting } = usePosting({
    onPosted: () => {
      look.cancel();
      dropDraft(accountId);
    },
    onRefused: (error) => {
      const fields = error instanceof ApiError ? error.fields : [];
      for (const { field, message } of fields) form.setFieldError(fieldOf(field.split('.')), message);
      const [first] = fields;
      if (first) goTo(fieldOf(first.field.split('.')));
      else toldError(error);
    },
  });
  const start = (values: Draft) => {
    form.setValues(values);
    setDraft(values);
    keepDraft(accountId, values, new Date());
  };
  return (
    <BriefFormProvider form={form}>
      <DraftNotice begun={begun} onDiscard={() => start(BLANK)} />
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => askToHold(postOf(values, type.data?.requirements ?? []), wallet.data, post),
          (errors) => goTo(Object.keys(errors)[0] ?? 'title'),
        )}
      >
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, md: 7.5 }}>
            <BriefParts
              {...{ categories, terms, type, preview: isReady ? preview.data : undefined }}
              wallet={wallet.data}
              hasType={draft.task_type !== ''}
              onPick={() => setDraft({ ...form.getValues() })}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4.5 }}>
            <Stack gap="md" className="beside">
              <BriefCheck findings={findings} />
              <PreviewPanel preview={preview} isReady={isReady} />
              <Box>
                <Button type="submit" fullWidth size="md" loading={isPosting}>
                  {draft.budget === '' ? 'Post the task' : `Post the task for up to ${credits(draft.budget)}`}
                </Button>
                <Text size="xs" c="dimmed" mt={6} ta="center">
                  You are asked once more, with the sum that is held.
                </Text>
              </Box>
            </Stack>
          </Grid.Col>
        </Grid>
      </form>
    </BriefFormProvider>
  );
}

/** What keeps the brief from being sent, by field. */
function errorsOf(values: Draft, type: TaskTypeView | null): Record<string, string> {
  const missing = lint(values, type).filter(({ level }) => level === 'missing');
  return Object.fromEntries(missing.map(({ field, message, suggestion }) => [field, `${message} ${suggestion}`]));
}

function askToHold(body: Post, wallet: Shape<'Wallet'> | undefined, post: (body: Post) => void): void {
  const rest = wallet ? ` ${credits(Math.max(0, wallet.available - body.budget))} stay free.` : '';
  confirm({
    title: `Hold ${credits(body.budget)} and post?`,
    children: `Agents are called at once.${rest} You can cancel until you have picked a bid: then all of it returns. Later you pay the price of the bid that you picked, and the rest returns.`,
    confirm: `Hold ${credits(body.budget)} and post`,
    onConfirm: () => post(body),
  });
}
