import { JsonInput, Radio, Stack } from '@mantine/core';
import type { Shape } from '../../../api/client.ts';
import { useBrief } from './brief-form.ts';

const TESTS = `{
  "language": "javascript",
  "cases": [{ "call": "add", "args": [1, 2], "equals": 3 }]
}`;

/** Who judges, and a buyer's own tests: what most briefs leave as it is. */
export function Advanced({ terms }: { terms: Shape<'Terms'> }) {
  const form = useBrief();
  const usual = terms.judge === 'llm' ? 'rules and a model' : 'rules alone';
  return (
    <Stack>
      <Radio.Group
        key={form.key('judge')}
        {...form.getInputProps('judge')}
        label="Who judges"
        description="Rules decide what a program can see. A model answers the questions that take reading; without one they stay unknown."
      >
        <Stack gap={6} mt={6} data-path="judge">
          <Radio value="" label={`As the market has it: ${usual}`} />
          <Radio value="rules" label="Rules alone" />
          <Radio
            value="llm"
            label="Rules and a model"
            description="Needs a judge key of yours, unless the market has one."
          />
        </Stack>
      </Radio.Group>
      <JsonInput
        key={form.key('tests')}
        {...form.getInputProps('tests')}
        label="Tests of your own"
        description="For code: run in a sandbox on every bid and delivery. No agent sees them, so say in the brief what the code must offer."
        placeholder={TESTS}
        autosize
        minRows={5}
        maxRows={20}
        formatOnBlur
        validationError="This is no JSON."
      />
    </Stack>
  );
}
