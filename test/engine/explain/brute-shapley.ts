/** Shapley values straight from their definition. pays: of each coalition, a mask of players; [2^players] */
export function bruteShapley(players: number, pays: ArrayLike<number>): Float64Array {
  const factorials = [1];
  for (let i = 1; i <= players; i++) factorials.push(factorials[i - 1] * i);
  const values = new Float64Array(players);
  for (let mask = 0; mask < 2 ** players; mask++) {
    let size = 0;
    for (let i = 0; i < players; i++) size += (mask >> i) & 1;
    for (let i = 0; i < players; i++) {
      if ((mask >> i) & 1) continue;
      const weight = (factorials[size] * factorials[players - size - 1]) / factorials[players];
      values[i] += weight * (pays[mask | (1 << i)] - pays[mask]);
    }
  }
  return values;
}
