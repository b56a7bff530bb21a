/** Whether two labels are the same, whatever their case and marks. */
export function isSame(a: string, b: string): boolean {
  return plain(a) === plain(b) && plain(a) !== '';
}

export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
