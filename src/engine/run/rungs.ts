import { percentWords } from '../../shared/results/numbers.ts';
import type { Trial } from '../../shared/trial.ts';
import { isOver } from '../../shared/trial.ts';
import { toMinimize } from '../search/ranking.ts';
import type { Study } from '../search/study.ts';
import type { FirstConfiguration } from './first-configuration.ts';

/** Each rung has at most so many times the rows of the one below, and about the best of so many of its configurations. */
const growth = 4;
const keptShare = 1 / 3;
/** So many go on at least: a cheap learner that only shines on few rows must not be all that is left. */
const fewestKept = 3;

const rungAttribute = 'rung';

/**
 * On a large table the first configurations climb by successive halving (Jamieson and Talwalkar 2016): all of them on few of the rows, the
 * better ones on more, the best on all. All that it knows is in the study, so that a resumed search goes on.
 */
export class Rungs {
  readonly #shares: readonly number[];

  /** @param min share of the rows on the lowest rung */
  constructor(min: number) {
    const shares = [1];
    while (shares[0] > min * 1.001) shares.unshift(Math.max(min, shares[0] / growth));
    this.#shares = shares;
  }

  begin(study: Study, firsts: readonly FirstConfiguration[]): void {
    for (const { params, words, from = 'default' } of firsts)
      study.enqueue(
        params,
        { sampler: from, words, phase: 'default' },
        { fidelity: this.#shares[0], attributes: at(0) },
      );
  }

  /** Once a rung is over, sends its best up. To be called before the study is asked. */
  takeTurn(study: Study): void {
    const top = Math.max(-1, ...study.trials.map(rungOf));
    const own = study.trials.filter((trial) => rungOf(trial) === top);
    if (top < 0 || top + 1 >= this.#shares.length || !own.every(isOver)) return;
    const [direction] = study.directions;
    const ranked = own
      .filter(({ state }) => state === 'complete')
      .sort((a, b) => toMinimize(a.values![0], direction) - toMinimize(b.values![0], direction));
    const count = Math.max(fewestKept, Math.ceil(ranked.length * keptShare));
    const fidelity = this.#shares[top + 1];
    for (const [rank, { number, params }] of ranked.slice(0, count).entries()) {
      const words = `Number ${rank + 1} of ${ranked.length} on ${percentWords(this.#shares[top])} of the rows: goes on with ${percentWords(fidelity)}.`;
      study.enqueue(
        params,
        { sampler: 'successive-halving', words, phase: 'promote', parents: [number] },
        { fidelity, continues: number, attributes: at(top + 1) },
      );
    }
  }
}

const at = (rung: number) => ({ [rungAttribute]: rung });
const rungOf = ({ attributes }: Trial): number => {
  const rung = attributes[rungAttribute];
  return typeof rung === 'number' ? rung : -1;
};
