import { Accordion, Badge, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { percent, whole, words } from '../../ui/format.ts';
import { Page, Section } from '../../ui/page.tsx';
import { Empty, Read } from '../../ui/states.tsx';
import { type Calibration, calibrationQuery } from './admin.queries.ts';
import { Grid } from './grid.tsx';
import { Rehearsal } from './rehearsal.tsx';
import { ShareBar, shareWords } from './share-bar.tsx';

type OfType = Calibration['task_types'][number];

const WINDOWS = ['7', '30', '90'];

/** How far the judges can be believed: how often the bid that they put first is the one that was picked. */
export function Component() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('window') ?? '';
  const window = WINDOWS.includes(asked) ? asked : '30';
  const calibration = useQuery(calibrationQuery(Number(window)));
  return (
    <Page
      title="Judging"
      lead="How often the bid that was judged best is the one that the buyer picked, with 95 % intervals."
      actions={
        <SegmentedControl
          aria-label="By how many days a drift is shown"
          value={window}
          onChange={(next) => setParams({ window: next }, { replace: true })}
          data={WINDOWS.map((value) => ({ value, label: `${value} days` }))}
          size="xs"
        />
      }
    >
      <Read query={calibration}>
        {({ task_types, panel }) => (
          <Stack gap="lg">
            <Section title="By task type">
              {task_types.length === 0 ? (
                <Empty title="Nothing picked yet">
                  A task type comes here once a buyer has picked from a gallery of several bids.
                </Empty>
              ) : (
                <Accordion variant="contained">
                  {task_types.map((one) => (
                    <OneType key={one.task_type} one={one} />
                  ))}
                </Accordion>
              )}
            </Section>
            <Panel panel={panel} />
          </Stack>
        )}
      </Read>
    </Page>
  );
}

function OneType({ one }: { one: OfType }) {
  const { task_type, rounds, top_picked, by_chance, drift } = one;
  return (
    <Accordion.Item value={task_type}>
      <Accordion.Control>
        <Group justify="space-between" gap="xs" pr="sm">
          <div>
            <Text fw={600}>{words(task_type.replaceAll('-', ' '))}</Text>
            <Text size="sm" c="dimmed">
              {whole(rounds)} {rounds === 1 ? 'pick' : 'picks'}; by lot {percent(by_chance)}
            </Text>
          </div>
          <Group gap="xs">
            {drift.apparent && (
              <Badge variant="outline" color="orange" c="inherit" tt="none">
                Drifts
              </Badge>
            )}
            <ShareBar share={top_picked} chance={by_chance} />
          </Group>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack>
          <Text size="sm">
            Earlier half {shareWords(drift.earlier)}; newer half {shareWords(drift.recent)}.
          </Text>
          <Agreement
            title="Judges"
            rows={one.by_judge.map(({ judge, judge_version, rubric_version, top_picked: share }) => ({
              ...share,
              key: `${judge} ${judge_version}, rubric ${rubric_version}`,
            }))}
          />
          <Agreement title="Dimensions" rows={one.dimensions} />
          <Agreement title="Criteria" rows={one.criteria} />
          <Rehearsal taskType={task_type} dimensions={one.dimensions.map(({ key }) => key)} />
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

/** Where the picked bid was the better one, the most telling first. */
function Agreement({ title, rows }: { title: string; rows: OfType['dimensions'] }) {
  if (rows.length === 0) return null;
  return (
    <Grid
      label={title}
      rows={rows}
      keyOf={({ key }) => key}
      minWidth={360}
      columns={[
        { head: title, cell: ({ key }) => words(key) },
        { head: 'Agrees with the pick', number: true, cell: shareWords },
      ]}
    />
  );
}

function Panel({ panel: { picks, least_picks, weights } }: Pick<Calibration, 'panel'>) {
  const lead =
    picks < least_picks
      ? `${whole(picks)} of the ${whole(least_picks)} picks that it takes: until then all judges count alike.`
      : `As learned from ${whole(picks)} picks: the log odds that one full vote adds.`;
  return (
    <Section title="Whom the panel believes" lead={lead}>
      {weights.length > 0 && (
        <Grid
          label="Panel"
          rows={weights}
          keyOf={({ judge, kind }) => `${judge} ${kind}`}
          columns={[
            { head: 'Judge', cell: ({ judge }) => judge },
            { head: 'On', cell: ({ kind }) => (kind === null ? 'everything' : words(kind)) },
            {
              head: 'Weight',
              number: true,
              cell: ({ weight, low, high }) => `${weight.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
            },
            { head: 'Right', number: true, cell: ({ right }) => whole(Math.round(right)) },
            { head: 'Wrong', number: true, cell: ({ wrong }) => whole(Math.round(wrong)) },
          ]}
        />
      )}
    </Section>
  );
}
