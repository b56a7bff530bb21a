import { type Found, mean } from '../marks.ts';
import { juryMarks } from '../panel.ts';

/** Made-up juries of ten judges; the one that the mark speaks of has a good judge and nine that dress sways. */
export async function panelMarks(options: { pairs: number; worlds: number }): Promise<Found[]> {
  const all = await juryMarks({ ...options, labels: 20 });
  const able = all.filter(({ kind }) => kind !== 'none good');
  const worst = able.reduce((least, one) => (one.panel < least.panel ? one : least));
  return [
    {
      ...{ key: 'panel', value: mean(able.map(({ panel }) => panel)) },
      note: `mean of ${able.length} kinds of jury; the worst ${worst.panel.toFixed(3)} (${worst.kind}); majority ${mean(able.map(({ majority }) => majority)).toFixed(2)}, best judge ${mean(able.map(({ best }) => best)).toFixed(2)}`,
    },
  ];
}
