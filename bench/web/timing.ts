import type { Page } from 'playwright-core';

/** Runs in the page before anything else: notes how long each press took, from the input to the next paint. */
export const watchPresses = `
  globalThis.__presses = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId > 0) globalThis.__presses.push(duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`;

/** @returns ms from the start of the navigation */
export async function firstPaintMs(page: Page): Promise<number> {
  const [paint] = (await page.evaluate(
    `performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)`,
  )) as number[];
  if (paint === undefined) throw new Error('Nothing was painted.');
  return paint;
}

/**
 * The longest press since the last call, as the browser's own event timing has it: it counts in steps of 8 ms, and does not report
 * what took less than 16.
 */
export async function longestPressMs(page: Page): Promise<number> {
  // An entry comes after the frame that it ends with.
  const pressed = `new Promise((done) => setTimeout(() => done(globalThis.__presses.splice(0)), 300))`;
  const times = (await page.evaluate(pressed)) as number[];
  return Math.max(16, ...times);
}
