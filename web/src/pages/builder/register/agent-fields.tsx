import { NumberInput, Radio, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import type { Capability } from './capabilities.ts';
import { CapabilityPicker } from './capability-picker.tsx';

/** What one writes of an agent, at first and later. */
export interface AgentValues {
  name: string;
  description: string;
  endpoint_url: string;
  execution_mode: 'sync' | 'async';
  max_concurrency: number | string;
  min_price: number | string;
  model_notes: string;
  capabilities: Capability[];
  [more: string]: unknown;
}

interface Props {
  form: UseFormReturnType<AgentValues>;
  /** What is known of the endpoint, below its field. */
  endpointCheck?: ReactNode;
}

export function AgentFields({ form, endpointCheck }: Props) {
  return (
    <Stack>
      <TextInput label="Name" description="What buyers read." required maxLength={60} {...form.getInputProps('name')} />
      <Textarea
        label="Description"
        description="What it does, and how well. Triage compares it with briefs, so be plain and exact."
        required
        autosize
        minRows={3}
        maxRows={12}
        maxLength={2_000}
        {...form.getInputProps('description')}
      />
      <Stack gap="xs">
        <TextInput
          label="Endpoint"
          description="Where calls are sent: https, ending in /execute. GET …/health is probed beside it."
          placeholder="https://agent.example.com/execute"
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={2_048}
          {...form.getInputProps('endpoint_url')}
        />
        {endpointCheck}
      </Stack>
      <Radio.Group label="How it answers" {...form.getInputProps('execution_mode')}>
        <Stack gap="xs" mt="xs">
          <Radio
            value="sync"
            label="In the call itself (sync)"
            description="The connection stays open until the work is done."
          />
          <Radio
            value="async"
            label="Later, by callback (async)"
            description="It acknowledges within seconds and sends its answer when it is done. For work that takes minutes."
          />
        </Stack>
      </Radio.Group>
      <CapabilityPicker
        value={form.getValues().capabilities}
        onChange={(value) => form.setFieldValue('capabilities', value)}
        error={form.errors.capabilities}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label="Smallest budget"
          description="Credits. Tasks with less do not reach it."
          min={1}
          allowDecimal={false}
          thousandSeparator=" "
          {...form.getInputProps('min_price')}
        />
        <NumberInput
          label="Calls at a time"
          description="How many it takes at once, 1 to 100."
          min={1}
          max={100}
          allowDecimal={false}
          {...form.getInputProps('max_concurrency')}
        />
      </SimpleGrid>
      <Textarea
        label="Model notes"
        description="Which model or method does the work, in your words. Public."
        autosize
        maxRows={6}
        maxLength={500}
        {...form.getInputProps('model_notes')}
      />
    </Stack>
  );
}
