import { isDifferentiable } from '../../models/predictor.ts';
import type { Attack, AttackContext } from '../attack.ts';
import { judge, lossTarget } from '../goal.ts';
import { project } from '../projection.ts';
import { copyTable, putRows } from '../row-edits.ts';
import { signStep } from './gradient-step.ts';

/**
 * Fast gradient sign method (Goodfellow, Shlens and Szegedy 2015, equation in section 4): one step of the whole epsilon
 * up the sign of the loss gradient. Numbers only; for regression one step up and one down, the larger move kept.
 */
export const fgsm: Attack = {
  name: 'fgsm',
  access: 'gradient',
  words:
    'One step of the whole epsilon along the sign of the loss gradient (Goodfellow et al. 2015); numeric columns only.',
  suits: isDifferentiable,
  async run(context) {
    if (context.goal.kind === 'classes') return step(context, 1);
    const up = await step(context, 1);
    const down = await step(context, -1);
    const [upLeft, downLeft] = [await marginOf(context, up), await marginOf(context, down)];
    const best = copyTable(up);
    putRows(best, positions(up.rowCount), down, (row) => downLeft[row] < upLeft[row]);
    return best;
  },
};

async function step({ victim, rows, goal, threat, epsilon }: AttackContext, direction: 1 | -1) {
  const gradient = await victim.inputGradient!(rows, lossTarget(goal, direction));
  return project(rows, signStep(rows, rows, gradient, threat, epsilon, epsilon), threat, epsilon).rows;
}

const marginOf = async ({ victim, goal }: AttackContext, rows: AttackContext['rows']) =>
  judge(await victim.predict(rows), goal).margin;

const positions = (count: number) => Array.from({ length: count }, (_, i) => i);
