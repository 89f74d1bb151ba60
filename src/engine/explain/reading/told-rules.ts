import { type RulesShape, ruleHolds, type ToldRule } from '../../../shared/results/model-reading.ts';
import type { Table } from '../../data/table.ts';
import type { RulesReading } from '../../models/readable.ts';
import { spreadOver } from '../part-rows.ts';
import { allHolding } from './reading-predictions.ts';
import { rounded } from './told-weights.ts';

/** Rows of the part, and the model's predictions of them, [rows x width]. */
export interface PredictedRows {
  readonly rows: Table;
  readonly predictions: Float64Array;
  readonly width: number;
}

/** told: rows of which it is told which rules hold for them. */
export const toldRules = (reading: RulesReading, told: Table, looked: PredictedRows): RulesShape => ({
  kind: 'rules',
  begin: reading.texts[0],
  rules: reading.rules.map((rule, i) => toldRule(rule, reading.texts[i + 1], reading.deviation, told, looked)),
});

function toldRule(
  { conditions, weights }: RulesReading['rules'][number],
  text: string,
  deviation: number,
  told: Table,
  { rows, predictions, width }: PredictedRows,
): ToldRule {
  const holds = allHolding(rows, conditions);
  const covered = [...holds.keys()].filter((row) => holds[row]);
  const mean = (k: number) => covered.reduce((sum, row) => sum + predictions[row * width + k], 0) / covered.length;
  return {
    text,
    adds: weights.map((weight) => rounded(weight * deviation)),
    coverage: rounded(covered.length / Math.max(1, rows.rowCount)),
    mean: covered.length > 0 ? Array.from({ length: width }, (_, k) => rounded(mean(k))) : null,
    holds: packed(allHolding(told, conditions)),
  };
}

/** The rules with the rows for which they hold at these positions of the whole part. */
export function rulesInPart({ rules, ...shape }: RulesShape, rows: ArrayLike<number>): RulesShape {
  const moved = (rule: ToldRule): string => {
    const own = Array.from({ length: Math.min(rows.length, 4 * rule.holds.length) }, (_, row) => +ruleHolds(rule, row));
    return packed(Uint8Array.from(spreadOver(own, rows, 0)));
  };
  return { ...shape, rules: rules.map((rule) => ({ ...rule, holds: moved(rule) })) };
}

/** Four rows a hexadecimal digit, the first in its lowest bit. */
function packed(holds: Uint8Array): string {
  const digits = Array.from({ length: Math.ceil(holds.length / 4) }, (_, i) => {
    const four = holds.subarray(4 * i, 4 * i + 4);
    return four.reduce((sum, bit, place) => sum + (bit << place), 0).toString(16);
  });
  return digits.join('');
}
