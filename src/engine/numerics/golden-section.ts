const golden = (3 - Math.sqrt(5)) / 2;

/** Where a function of one valley is lowest between two bounds, to within the tolerance (golden section search, Kiefer 1953). */
export function goldenSection(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  let [left, right] = [low + golden * (high - low), high - golden * (high - low)];
  let [atLeft, atRight] = [f(left), f(right)];
  while (high - low > tolerance) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = low + golden * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = high - golden * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}
