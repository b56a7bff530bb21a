// npm run bench: what the house adds to eight agents of 200 ms, as a ratio in one run; then fifty contests at once.
import { bareContest, closeBare } from './bare.ts';
import { Followed } from './follow.ts';
import { type House, openHouse, post } from './house.ts';

const BIDDERS = 8;
const ROUNDS = 50;
/** A server that has been up for a minute: in the first rounds its code is still being compiled, and each takes some 8 ms longer. */
const WARM_UP = 100;
const AT_ONCE = 50;

const house = await openHouse(BIDDERS);
const followed = await Followed.open(house.url, house.key);
try {
  await compare(house);
  await crowd(house);
} finally {
  followed.close();
  await closeBare();
  await house.close();
}

/** The two in turn, so that a slow moment of the machine meets both. */
async function compare({ endpoints, brief }: House): Promise<void> {
  const bare: number[] = [];
  const whole: number[] = [];
  for (let i = 0; i < WARM_UP + ROUNDS; i++) {
    const a = await bareContest(endpoints, JSON.stringify(brief));
    const b = await contest();
    if (i < WARM_UP) continue;
    bare.push(a);
    whole.push(b);
  }
  const ratio = percentile(whole, 0.5) / percentile(bare, 0.5);
  console.log(`${BIDDERS} agents of 200 ms each, ${ROUNDS} rounds in turn`);
  console.log(`  bare undici + p-limit    ${line(bare)}`);
  console.log(`  post to gallery          ${line(whole)}`);
  console.log(`  ratio at p50             ${ratio.toFixed(2)}  (aim: at most 1.30)`);
}

/** From the post to the gallery in the buyer's hand. @returns ms */
async function contest(): Promise<number> {
  const startedAt = performance.now();
  const { id } = await post(`${house.url}/tasks`, house.key, house.brief);
  await followed.event(id, 'task.review');
  const response = await fetch(`${house.url}/tasks/${id}/bids`, { headers: { authorization: `Bearer ${house.key}` } });
  const { data } = (await response.json()) as { data: { answered: number } };
  const took = performance.now() - startedAt;
  if (data.answered !== BIDDERS) throw new Error(`${data.answered} of ${BIDDERS} answered.`);
  return took;
}

async function crowd({ db }: House): Promise<void> {
  const { rows: before } = await db.query('SELECT count(*)::int AS n FROM bids');
  const startedAt = performance.now();
  const took = await Promise.all(Array.from({ length: AT_ONCE }, contest));
  const totalMs = performance.now() - startedAt;
  const { rows } = await db.query('SELECT status, count(*)::int AS n FROM bids GROUP BY status');
  const received = rows.find(({ status }) => status === 'received')?.n ?? 0;
  const others = rows.filter(({ status }) => status !== 'received');
  console.log(`${AT_ONCE} contests at once`);
  console.log(`  post to gallery          ${line(took)}`);
  console.log(`  all done after           ${totalMs.toFixed(0)} ms`);
  console.log(`  bids received            ${received - before[0].n} of ${AT_ONCE * BIDDERS}`);
  console.log(`  late or lost             ${others.reduce((sum, { n }) => sum + n, 0)}  (aim: 0)`);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function line(values: readonly number[]): string {
  return [0.5, 0.95].map((share) => `p${share * 100} ${percentile(values, share).toFixed(0)} ms`).join('   ');
}
