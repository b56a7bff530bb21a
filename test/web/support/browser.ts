import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { PATIENCE_MS } from '../../support/until.js';
import { launch } from './chromium.js';

let running: Promise<Browser> | null = null;

/** One Chromium a worker. `CHROMIUM` names another than the packaged one. It ends with the worker's process. */
export function browser(): Promise<Browser> {
  running ??= launch();
  return running;
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained of: errors, refused loads, broken rules of its policy. */
  readonly complaints: string[];
}

/** A fresh browser profile on a server; it ends with the test. */
export async function visit(url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await (await browser()).newContext({
    baseURL: url,
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  return { context, page, complaints };
}
