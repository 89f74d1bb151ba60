import { type Table, takeRows } from '../data/table.ts';
import type { Predictor } from '../models/predictor.ts';
import type { Random } from '../random.ts';
import { type Adversarials, type Attack, runAttack } from './attack.ts';
import type { Goal } from './goal.ts';
import { copyTable, putRows } from './row-edits.ts';
import { categoryCounts, editSizes } from './smallest-edits.ts';
import type { ThreatModel } from './threat-model.ts';

/** What one attack did at one epsilon. */
export interface Strike {
  readonly attack: Attack;
  readonly epsilon: number;
  /** [rows] 1 where it flipped the row. */
  readonly flipped: Uint8Array;
  /** [rows] 1 where it flipped the row without touching a category. */
  readonly flippedByNumbers: Uint8Array;
  readonly deadGradients: number;
  readonly gradientRows: number;
}

/** The rows that some attack flipped, each with one flipping edit. */
export interface Findings {
  /** Positions of the rows. */
  readonly fallen: readonly number[];
  /** [fallen] rows as edited. */
  readonly edited: Table;
  /** [fallen] name of the attack that found it. */
  readonly foundBy: readonly string[];
}

/** All attacks at all epsilons, on the same rows. */
export interface Campaign {
  readonly strikes: readonly Strike[];
  /** Each row's numerically smallest flip: what the curve counts. */
  readonly smallest: Findings;
  /** Each row's smallest flip where a category weighs as much as one IQR: what is told, because a small number says more. */
  readonly plainest: Findings;
  /** By attack's name. */
  readonly queries: ReadonlyMap<string, number>;
  readonly proposed: number;
  readonly valid: number;
}

export interface CampaignTask {
  readonly predictor: Predictor;
  readonly attacks: readonly Attack[];
  /** Rows that are predicted rightly. */
  readonly rows: Table;
  readonly goal: Goal;
  readonly threat: ThreatModel;
  /** Above 0, ascending. */
  readonly epsilons: readonly number[];
  readonly queriesPerRow: number;
  readonly random: Random;
}

/** Runs every attack at every epsilon on all rows and keeps each row's worst. Throws what `runAttack` throws. */
export async function runCampaign(
  task: CampaignTask,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Campaign> {
  const { rows, threat } = task;
  const smallest = new Worst(rows);
  const plainest = new Worst(rows);
  const strikes: Strike[] = [];
  const queries = new Map<string, number>();
  let [proposed, valid] = [0, 0];
  for (const attack of task.attacks)
    for (const epsilon of task.epsilons) {
      progress(strikes.length / (task.attacks.length * task.epsilons.length));
      const random = task.random.fork(`${attack.name} ${epsilon}`);
      const found = await runAttack(attack, task.predictor, { ...task, epsilon, random }, signal);
      strikes.push({ attack, epsilon, ...summary(rows, found) });
      queries.set(attack.name, (queries.get(attack.name) ?? 0) + found.tally.queries);
      proposed += found.proposed;
      valid += found.valid;
      const sizes = editSizes(rows, found.rows, threat);
      smallest.add(found, sizes, attack.name);
      plainest.add(found, weighed(sizes, categoryCounts(rows, found.rows)), attack.name);
    }
  return { strikes, smallest: smallest.findings(), plainest: plainest.findings(), queries, proposed, valid };
}

/** [rows] size of an edit where each category weighs as much as one interquartile range. */
export const weighed = (sizes: Float64Array, categories: Int32Array): Float64Array =>
  sizes.map((size, row) => size + categories[row]);

function summary(rows: Table, { rows: edited, flipped, tally }: Adversarials) {
  const categories = categoryCounts(rows, edited);
  const flippedByNumbers = flipped.map((flip, row) => (categories[row] === 0 ? flip : 0));
  return { flipped, flippedByNumbers, deadGradients: tally.deadGradients, gradientRows: tally.gradientRows };
}

/** The smallest flip of each row so far. */
class Worst {
  readonly #edited: Table;
  readonly #size: Float64Array;
  readonly #foundBy: string[];

  constructor(rows: Table) {
    this.#edited = copyTable(rows);
    this.#size = new Float64Array(rows.rowCount).fill(Number.POSITIVE_INFINITY);
    this.#foundBy = new Array(rows.rowCount).fill('');
  }

  add({ rows, flipped }: Adversarials, sizes: Float64Array, attack: string): void {
    const better = [...sizes.keys()].filter((row) => flipped[row] === 1 && sizes[row] < this.#size[row]);
    putRows(this.#edited, better, takeRows(rows, better));
    for (const row of better) {
      this.#size[row] = sizes[row];
      this.#foundBy[row] = attack;
    }
  }

  findings(): Findings {
    const fallen = [...this.#size.keys()].filter((row) => Number.isFinite(this.#size[row]));
    return { fallen, edited: takeRows(this.#edited, fallen), foundBy: fallen.map((row) => this.#foundBy[row]) };
  }
}
