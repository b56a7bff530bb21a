import { describe, expect, test } from 'vitest';
import { anArtifact, findingOf } from '../../../test/support/answers.js';
import { processorMs } from '../../../test/support/processor.js';
import { linkProblem, lookalike } from './links.js';

const ALLOWED = { privateHosts: false, plainHttp: true };
const problem = (href: string, text = '') => linkProblem({ href, text }, ALLOWED);

describe('a link is safe', () => {
  test.each([
    ['https://example.org/a?b=c#d', 'the docs'],
    ['http://example.org', 'example.org'],
    ['https://www.example.org/login', 'example.org'],
    ['https://docs.example.org', 'www.example.org/start'],
    ['https://nodejs.org', 'Node.js'],
    ['https://github.com/a/b/blob/main/package.json', 'package.json'],
    ['https://münchen.de/rathaus', 'München'],
    ['https://пример.рф', 'пример.рф'],
    ['https://россия.com', ''],
    ['https://例え.jp', ''],
    ['https://ελλάδα.gr', ''],
    ['mailto:ada@example.org', 'ada@example.org'],
    ['tel:+49301234', ''],
    ['#top', ''],
    ['img/a.png', ''],
    ['data:image/png;base64,AAAA', ''],
    ['https://8.8.8.8/', ''],
  ])('%s "%s"', (href, text) => {
    expect(problem(href, text)).toBeUndefined();
  });
});

describe('a link is a trap', () => {
  test.each([
    ['javascript:alert(1)', '', 'runs a script'],
    ['java\tscript:alert(1)', '', 'runs a script'],
    ['data:text/html;base64,PHNjcmlwdD4=', '', 'a page inside'],
    ['file:///etc/passwd', '', 'own disk'],
    ['https://bank.example@evil.example/', '', 'name or password'],
    ['https://user:secret@example.org/', '', 'name or password'],
    ['http://2130706433/', '', 'another notation'],
    ['http://0x7f.1/', '', 'another notation'],
    ['https://раураӏ.com/', '', 'imitates paypal.com'],
    ['https://gооgle.com', '', 'imitates google.com'],
    ['https://xn--pple-43d.com', '', 'imitates apple.com'],
    ['http://169.254.169.254/latest/meta-data', '', 'private network'],
    ['http://192.168.0.1/admin', '', 'private network'],
    ['http://[::1]:8080/', '', 'private network'],
    ['http://localhost:3000', '', 'private network'],
    ['https://wiki.corp/', '', 'private network'],
    ['https://evil.example/x', 'https://bank.example/login', 'shows'],
    ['https://evil.example/x', 'www.bank.com', 'shows'],
  ])('%s "%s": %s', (href, text, why) => {
    expect(problem(href, text)).toContain(why);
  });
});

test('names in one foreign alphabet are honest, unless every letter has a Latin twin', () => {
  expect(lookalike('example.org')).toBeUndefined();
  expect(lookalike(new URL('https://почта.com').hostname)).toBeUndefined();
  expect(lookalike(new URL('https://аррӏе.com').hostname)).toBe('apple.com');
});

test('the rule finds links in Markdown, pages, drawings and plain text', async () => {
  const rule = { kind: 'links_safe', allow_private: false, https_only: false } as const;
  const html = (content: string) => [anArtifact(content, { type: 'html', name: 'a.html', mediaType: 'text/html' })];
  expect((await findingOf(rule, 'See [the docs](https://example.org/a_(b)) and https://example.org.')).met).toBe('yes');
  expect((await findingOf(rule, 'See [the docs](javascript:alert(1)).')).met).toBe('no');
  expect((await findingOf(rule, '[a]: https://u:p@example.org\n\n[a]')).met).toBe('no');
  expect((await findingOf(rule, html('<a href="https://evil.example">www.bank.com</a>'))).met).toBe('no');
  expect((await findingOf(rule, html('<a href="/a">www.bank.com</a>'))).met).toBe('yes');
  expect((await findingOf(rule, 'http://localhost:3000')).met).toBe('no');
  expect((await findingOf({ ...rule, allow_private: true }, 'http://localhost:3000')).met).toBe('yes');
  expect((await findingOf({ ...rule, https_only: true }, 'http://example.org')).met).toBe('no');
});

test('a hundred thousand brackets are read at once', async () => {
  const safe = { kind: 'links_safe', allow_private: false, https_only: false } as const;
  expect(await processorMs(() => findingOf(safe, '[](('.repeat(50_000)))).toBeLessThan(3_000);
});
