/** The little linear algebra that fitting weights takes: square, symmetric and small. */

export type Matrix = readonly (readonly number[])[];

/** The lower triangle L with L Lᵀ = A. `A` must be positive definite. */
export function cholesky(a: Matrix): number[][] {
  const lower: number[][] = a.map(() => a.map(() => 0));
  for (const [i, row] of lower.entries())
    for (let k = 0; k <= i; k++) {
      const above = lower[k] ?? [];
      let left = a[i]?.[k] ?? 0;
      for (let j = 0; j < k; j++) left -= (row[j] ?? 0) * (above[j] ?? 0);
      row[k] = i === k ? Math.sqrt(left) : left / (above[k] ?? 1);
    }
  return lower;
}

/** x with L Lᵀ x = b. */
export function solved(lower: Matrix, b: readonly number[]): number[] {
  const half: number[] = [];
  for (const [i, row] of lower.entries()) {
    let left = b[i] ?? 0;
    for (let j = 0; j < i; j++) left -= (row[j] ?? 0) * (half[j] ?? 0);
    half.push(left / (row[i] ?? 1));
  }
  const x = half.map(() => 0);
  for (let i = half.length - 1; i >= 0; i--) {
    let left = half[i] ?? 0;
    for (let j = i + 1; j < half.length; j++) left -= (lower[j]?.[i] ?? 0) * (x[j] ?? 0);
    x[i] = left / (lower[i]?.[i] ?? 1);
  }
  return x;
}

/** The inverse of L Lᵀ. */
export function inverse(lower: Matrix): number[][] {
  return lower.map((_, i) =>
    solved(
      lower,
      lower.map((_row, j) => (i === j ? 1 : 0)),
    ),
  );
}

export function logDeterminant(lower: Matrix): number {
  return 2 * lower.reduce((sum, row, i) => sum + Math.log(row[i] ?? 1), 0);
}

export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
