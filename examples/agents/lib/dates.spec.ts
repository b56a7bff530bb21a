import { describe, expect, test } from 'vitest';
import { fieldOrder, isoDate } from './dates.ts';

describe('dates', () => {
  test.each([
    ['2024-2-9', '2024-02-09'],
    ['2024-02-09T10:30:00Z', '2024-02-09'],
    ['09.02.2024', '2024-02-09'],
    ['9/2/24', '2024-02-09'],
    ['9/2/75', '1975-02-09'],
    ['9 Feb 2024', '2024-02-09'],
    ['9th February 2024', '2024-02-09'],
    ['February 9, 2024', '2024-02-09'],
  ])('%s is %s', (text, iso) => {
    expect(isoDate(text)).toBe(iso);
  });

  test.each(['30.02.2024', '2023-02-29', 'soon', '', '13/13/2024', '9 Foo 2024', '2024'])('%j is none', (text) => {
    expect(isoDate(text)).toBeNull();
  });

  test('the order of day and month is what the values can only mean', () => {
    expect(isoDate('02/09/2024', 'month-first')).toBe('2024-02-09');
    expect(fieldOrder(['02/09/2024', '21/09/2019'])).toBe('day-first');
    expect(fieldOrder(['02/09/2024', '09/21/2019'])).toBe('month-first');
    expect(fieldOrder(['02/09/2024'])).toBeNull();
  });
});
