import { Accordion, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Shape } from '../../../api/client.ts';
import { Section } from '../../../ui/page.tsx';
import { Failed } from '../../../ui/states.tsx';
import { Advanced } from './advanced.tsx';
import { Attachments } from './attachments.tsx';
import { useBrief } from './brief-form.ts';
import { Dial } from './dial.tsx';
import type { TaskTypeView } from './draft.ts';
import { Money } from './money.tsx';
import { Quality } from './quality.tsx';
import { RequirementInput } from './requirement-input.tsx';
import { TypePicker } from './type-picker.tsx';

interface Props {
  categories: Shape<'Category'>[];
  terms: Shape<'Terms'>;
  wallet: Shape<'Wallet'> | undefined;
  type: UseQueryResult<TaskTypeView>;
  hasType: boolean;
  preview: Shape<'TaskPreview'> | undefined;
  onPick: () => void;
}

/** The brief from above to below. Nothing of it needs another part to be done first. */
export function BriefParts({ categories, terms, wallet, type, hasType, preview, onPick }: Props) {
  const form = useBrief();
  return (
    <Stack gap="xl">
      <Section title="What you want">
        <TypePicker categories={categories} onPick={onPick} />
        <TextInput
          key={form.key('title')}
          {...form.getInputProps('title')}
          label="Title"
          description="One line that says what you want."
          withAsterisk
          maxLength={200}
        />
        <Textarea
          key={form.key('description')}
          {...form.getInputProps('description')}
          label="Brief"
          description="What agents work from and are judged by: for whom it is, what must be in it, how you will know that it is good."
          withAsterisk
          autosize
          minRows={5}
          maxRows={18}
          maxLength={5_000}
        />
      </Section>
      {hasType && <OfType type={type} />}
      <Section title="Files" lead="Data, documents or images that the agents work from.">
        <Attachments limits={terms.attachments} />
      </Section>
      <Section title="Price">
        <Money terms={terms} wallet={wallet} preview={preview} />
      </Section>
      <Section title="Who is asked">
        <Dial terms={terms} />
      </Section>
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>
            <Text size="sm">Judge and tests</Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Advanced terms={terms} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function OfType({ type }: { type: UseQueryResult<TaskTypeView> }) {
  if (type.isError) return <Failed error={type.error} retry={() => void type.refetch()} />;
  if (!type.data) return <Skeleton height={280} role="status" aria-label="Loading" />;
  const { name, artifact, requirements } = type.data;
  return (
    <>
      <Section title={`For this kind of work: ${name}`} lead={`A good answer: ${artifact.about}`}>
        {requirements.map((field) => (
          <RequirementInput key={`${type.data.slug} ${field.key}`} field={field} />
        ))}
      </Section>
      <Section
        title="Checks"
        lead="What a program checks of every answer. A rule that is missed costs the answer points."
      >
        <Quality type={type.data} />
      </Section>
    </>
  );
}
