import type { Bag } from './bag.ts';

export interface BoostOptions {
  readonly maxRounds: number;
  /** Rounds with cuts at random, which smooth the curves. */
  readonly smoothingRounds: number;
  /** Rounds without a better loss after which a course ends. */
  readonly patience: number;
}

/** Rounds of a bag that left out too few rows to be judged by. */
const unjudgedRounds = 100;
/** A loss must fall by this share of itself to count as better. */
const tolerance = 1e-5;

/**
 * Boosts a bag's active terms until the rows that it left out gain no more, and leaves it as it was when they were best off. With too
 * few rows left out it goes on for some rounds. Returns the rounds that were kept.
 */
export async function boost(
  bag: Bag,
  judges: Uint32Array | undefined,
  { maxRounds, smoothingRounds, patience }: BoostOptions,
  paced: () => Promise<void>,
): Promise<number> {
  let best = { rounds: 0, loss: judges ? bag.rows.measure(judges) : Number.POSITIVE_INFINITY };
  let [aim, lastGain] = [best.loss, 0];
  for (let round = 1; round <= (judges ? maxRounds : Math.min(maxRounds, unjudgedRounds)); round++) {
    await bag.round(round <= smoothingRounds, paced);
    const loss = judges ? bag.rows.measure(judges) : -round;
    if (loss < best.loss) {
      best = { rounds: round, loss };
      bag.keep();
    }
    if (!judges || loss < aim * (1 - tolerance)) {
      aim = loss;
      lastGain = round;
    }
    if (round - Math.max(lastGain, smoothingRounds) >= patience) break;
  }
  bag.goBack();
  return best.rounds;
}
