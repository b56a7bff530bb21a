import { expect, test } from 'vitest';
import { parseAllow } from '../platform/egress/addresses.js';
import { checkUrl } from '../platform/egress/url.js';
import { endpointUrl } from './endpoint.js';

const allow = parseAllow('127.0.0.1:4000');
const guard = { checkUrl: (text: string, field?: string) => checkUrl(text, allow, field) };
const refused = (text: string) => {
  try {
    return endpointUrl(text, guard);
  } catch (err) {
    return err;
  }
};

test('an https address that ends in /execute is kept in its normal form', () => {
  expect(endpointUrl('https://Agent.Example.com:443/v1/execute', guard)).toBe('https://agent.example.com/v1/execute');
  expect(endpointUrl('http://127.0.0.1:4000/execute', guard)).toBe('http://127.0.0.1:4000/execute');
});

test.each([
  'http://agent.example.com/execute',
  'https://127.0.0.1/execute',
  'https://10.0.0.8/execute',
  'file:///execute',
  'execute',
])('%s is refused by the egress guard', (text) => {
  expect(refused(text)).toMatchObject({ kind: 'invalid', field: 'endpoint_url' });
});

test.each([
  ['https://agent.example.com', 'https://agent.example.com/execute'],
  ['https://agent.example.com/', 'https://agent.example.com/execute'],
  ['https://agent.example.com/run', 'https://agent.example.com/run/execute'],
  ['https://agent.example.com/v1/execute/', 'https://agent.example.com/v1/execute'],
  ['https://agent.example.com/Execute', 'https://agent.example.com/execute'],
])('%s is answered with %s', (text, meant) => {
  expect(refused(text)).toMatchObject({
    code: 'BAD_ENDPOINT_URL',
    suggestion: expect.stringContaining(`Serve it at ${meant},`),
  });
});

test.each(['https://agent.example.com/execute?key=1', 'https://agent.example.com/execute?'])(
  '%s has a query',
  (text) => {
    expect(refused(text)).toMatchObject({ code: 'BAD_ENDPOINT_URL', message: 'The endpoint carries a query.' });
  },
);
