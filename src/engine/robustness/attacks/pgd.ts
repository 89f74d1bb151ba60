import type { Column, NumericColumn, Table } from '../../data/table.ts';
import { isDifferentiable } from '../../models/predictor.ts';
import type { Random } from '../../random.ts';
import type { Attack, AttackContext } from '../attack.ts';
import { judge, lossTarget } from '../goal.ts';
import { project } from '../projection.ts';
import { copyTable, putRows } from '../row-edits.ts';
import { allowedRange, type NumericThreat, type ThreatModel, threatOf } from '../threat-model.ts';
import { signStep } from './gradient-step.ts';

const restarts = 2;
const mostSteps = 20;
/** Madry et al. take steps of 2.5 epsilon / steps, so that the far side of the box can be reached from anywhere. */
const stepShare = 2.5;

/**
 * Projected gradient descent (Madry et al. 2018) in the L-infinity box: from the row itself and from a random point, up to
 * 20 signed steps, fewer where the budget has room for fewer; each row keeps its worst. For regression one restart climbs
 * and the other descends. Numbers only. Integers move as if they were continuous and are rounded at the end.
 */
export const pgd: Attack = {
  name: 'pgd',
  access: 'gradient',
  words: 'Up to 20 small gradient steps from 2 starting points (Madry et al. 2018); numeric columns only.',
  suits: isDifferentiable,
  async run(context) {
    const steps = Math.min(mostSteps, Math.floor(context.queriesPerRow / restarts) - 1);
    const worst = copyTable(context.rows);
    if (steps < 1) return worst;
    const left = new Float64Array(context.rows.rowCount).fill(Number.POSITIVE_INFINITY);
    for (let restart = 0; restart < restarts; restart++) {
      const found = await climb(context, restart, steps);
      const { margin } = judge(await context.victim.predict(found), context.goal);
      putRows(worst, positions(found.rowCount), found, (row) => margin[row] < left[row]);
      margin.forEach((value, row) => {
        left[row] = Math.min(left[row], value);
      });
    }
    return worst;
  },
};

async function climb(context: AttackContext, restart: number, steps: number): Promise<Table> {
  const { victim, rows, goal, threat, epsilon, random } = context;
  const target = lossTarget(goal, restart === 0 ? 1 : -1);
  let current = restart === 0 ? rows : randomStart(rows, threat, epsilon, random);
  for (let step = 0; step < steps; step++) {
    const gradient = await victim.inputGradient!(current, target);
    current = signStep(rows, current, gradient, threat, epsilon, (stepShare * epsilon) / steps);
  }
  return project(rows, current, threat, epsilon).rows;
}

/** A point drawn evenly from the box around each row. */
function randomStart(rows: Table, threat: ThreatModel, epsilon: number, random: Random): Table {
  const columns = rows.columns.map((column): Column => {
    if (column.kind !== 'numeric') return column;
    const limits = threatOf(threat, column) as NumericThreat;
    const values = column.values.map((own) => {
      const { low, high } = allowedRange(limits, own, epsilon);
      return low + (high - low) * random.uniform();
    });
    return { ...column, values } satisfies NumericColumn;
  });
  return { rowCount: rows.rowCount, columns };
}

const positions = (count: number) => Array.from({ length: count }, (_, i) => i);
