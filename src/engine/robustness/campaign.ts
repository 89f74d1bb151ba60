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

/** All attacks at all epsilons, on the same rows. */
export interface Campaign {
  readonly strikes: readonly Strike[];
  /** Positions of the rows that some attack flipped. */
  readonly fallen: readonly number[];
  /** [fallen] each row's flipping edit, the numerically smallest found. */
  readonly edited: Table;
  /** [fallen] name of the attack that found it. */
  readonly foundBy: readonly string[];
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
  const worst = new Worst(rows);
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
      worst.add(found, editSizes(rows, found.rows, threat), attack.name);
    }
  return { strikes, ...worst.fallen(), queries, proposed, valid };
}

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

  fallen() {
    const fallen = [...this.#size.keys()].filter((row) => Number.isFinite(this.#size[row]));
    return { fallen, edited: takeRows(this.#edited, fallen), foundBy: fallen.map((row) => this.#foundBy[row]) };
  }
}
