import type { Table } from '../data/table.ts';
import type { Predictor } from '../models/predictor.ts';
import type { Random } from '../random.ts';
import { type Goal, type Judgement, judge } from './goal.ts';
import { project } from './projection.ts';
import type { ThreatModel } from './threat-model.ts';
import { type Tally, type Victim, victimOf } from './victim.ts';

/** What one attack is told. It must not change `rows`. */
export interface AttackContext {
  readonly victim: Victim;
  readonly rows: Table;
  readonly goal: Goal;
  readonly threat: ThreatModel;
  /** In multiples of each numeric column's training IQR. */
  readonly epsilon: number;
  /** Predictions or gradients it may ask for, for each row. */
  readonly queriesPerRow: number;
  readonly random: Random;
}

/** One way to look for a small edit that flips a prediction. Stateless. */
export interface Attack {
  readonly name: string;
  /** What it needs of the model: input gradients, scores, or only decisions. */
  readonly access: 'gradient' | 'score' | 'decision';
  /** What it does, in a sentence, with its paper. */
  readonly words: string;
  suits(predictor: Predictor): boolean;
  /** Edited rows, as many and in the same order; a row it gives up on comes back as it was. */
  run(context: AttackContext): Promise<Table>;
}

/** What an attack achieved, as judged by `runAttack` and not by itself. */
export interface Adversarials extends Judgement {
  readonly rows: Table;
  readonly tally: Tally;
  readonly proposed: number;
  readonly valid: number;
}

/**
 * The one way to run an attack (after foolbox's base class): it gets a victim that counts and stops at the budget, its
 * rows are brought back into the threat model, and success is judged again on those. Throws a RangeError where the attack
 * does not suit the model, exceeds its budget or answers with other rows or columns; an AbortError on the signal.
 */
export async function runAttack(
  attack: Attack,
  predictor: Predictor,
  task: Omit<AttackContext, 'victim'>,
  signal: AbortSignal,
): Promise<Adversarials> {
  if (!attack.suits(predictor)) throw new RangeError(`attack ${attack.name} does not suit this model`);
  const limit = task.queriesPerRow * task.rows.rowCount;
  const { victim, tally } = victimOf(predictor, limit, attack.name, signal);
  const edited = await attack.run({ ...task, victim });
  const { rows, proposed, valid } = project(task.rows, edited, task.threat, task.epsilon);
  signal.throwIfAborted();
  const judgement = judge(await predictor.predict(rows), task.goal);
  tally.queries += rows.rowCount;
  return { ...judgement, rows, tally, proposed, valid };
}
