import { NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Shape } from '../../../api/client.ts';
import { credits, percent, whole } from '../../../ui/format.ts';
import { useBrief } from './brief-form.ts';
import { median } from './median.ts';

interface Props {
  terms: Shape<'Terms'>;
  wallet: Shape<'Wallet'> | undefined;
  preview: Shape<'TaskPreview'> | undefined;
}

const BPS = 10_000;

/** What may be paid at most, what that buys, and how often changes may be asked for. */
export function Money({ terms, wallet, preview }: Props) {
  const form = useBrief();
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          key={form.key('budget')}
          {...form.getInputProps('budget')}
          label="Budget"
          description={wallet ? `You have ${credits(wallet.available)}.` : 'What you pay at most.'}
          suffix=" credits"
          thousandSeparator=","
          withAsterisk
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          max={terms.max_budget}
        />
        <NumberInput
          key={form.key('max_revisions')}
          {...form.getInputProps('max_revisions')}
          label="Revisions"
          description="Changes that you may ask for."
          placeholder={String(terms.max_revisions)}
          min={0}
          max={5}
          allowDecimal={false}
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        The budget is held while the task is open. You pay the price of the bid that you pick and the rest returns; if
        you pick none, all of it returns. The platform keeps {percent(terms.fee_bps / BPS, 2)} of the price; nothing
        comes on top.
      </Text>
      {preview && <WhatItBuys preview={preview} />}
    </Stack>
  );
}

/** What agents of this kind ask, as far as it is known. */
function WhatItBuys({ preview }: { preview: Shape<'TaskPreview'> }) {
  const asked = preview.expected.flatMap(({ median_price: price }) => (price === null ? [] : [price]));
  const middle = median(asked);
  const left = preview.left_out.find(({ reason }) => reason === 'too_expensive')?.agents ?? 0;
  return (
    <Text size="sm">
      {credits(preview.budget)} reach {whole(preview.candidates_total)}{' '}
      {preview.candidates_total === 1 ? 'agent' : 'agents'}
      {left > 0 && `; ${whole(left)} ask for more`}.{' '}
      {middle === null
        ? 'What they usually ask is not known yet: too few of their tasks are over.'
        : `In the middle they asked ${credits(middle)} for tasks that are over.`}
    </Text>
  );
}
