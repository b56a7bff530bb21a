import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../test/support/processor.js';
import { dummyVerify, hash, TooManySignIns, verify } from './password.js';

describe('a password', () => {
  test('is stored with its salt and cost, and fits itself alone', async () => {
    const stored = await hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verify('correct horse', stored)).toBe(true);
    expect(await verify('correct horsf', stored)).toBe(false);
    expect(await verify('', stored)).toBe(false);
    expect(await hash('correct horse')).not.toBe(stored);
  });

  test('written in two ways of Unicode is one', async () => {
    expect(await verify('cafe\u0301 au lait', await hash('caf\u00e9 au lait'))).toBe(true);
  });

  test('hashed elsewhere, with other costs, is understood', async () => {
    // The argon2 reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verify('password', reference)).toBe(true);
    expect(await verify('passwore', reference)).toBe(false);
  });

  test.each([
    '',
    'plain',
    '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    '$argon2id$v=19$m=65536,t=2,p=1$c29t$CTFh',
  ])('never fits %j', async (stored) => {
    expect(await verify('plain', stored)).toBe(false);
  });

  test('of absurd length is refused without work', async () => {
    const endless = 'a'.repeat(1_025);
    await expect(hash(endless)).rejects.toThrow(RangeError);
    expect(await verify(endless, await hash('x'))).toBe(false);
    expect(await dummyVerify(endless)).toBe(false);
  });
});

test('checking against no account says no and takes about as long', async () => {
  const stored = await hash('x');
  // Its threads are this process's: what an observer waits for on a machine that has nothing else to do.
  const time = (work: () => Promise<boolean>) =>
    processorMs(async () => {
      for (let n = 0; n < 5; n++) expect(await work()).toBe(false);
    });
  const real = await time(() => verify('y', stored));
  const dummy = await time(() => dummyVerify('y'));
  expect(dummy / real).toBeGreaterThan(0.3);
  expect(dummy / real).toBeLessThan(3);
});

test('a flood of sign-ins is refused instead of piling up', async () => {
  const cheap = 1_024;
  const results = await Promise.allSettled(Array.from({ length: 300 }, () => dummyVerify('x', cheap)));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(50);
  expect(refused.every((result) => result.reason instanceof TooManySignIns)).toBe(true);
  expect(await dummyVerify('x')).toBe(false);
});
