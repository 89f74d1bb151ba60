import { addN, concat, split } from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../layer-graph.ts';
import type { Layer } from './layer.ts';
import { type Held, type LayerPlan, planOf, type RowShape, unitsOf } from './plan.ts';

export interface BranchesSpec {
  readonly kind: 'branches';
  readonly branches: readonly (readonly LayerSpec[])[];
}

/** Throws a RangeError where a branch does not end in plain numbers. */
export function planBranches(
  { branches }: BranchesSpec,
  input: RowShape,
  planChain: (layers: readonly LayerSpec[], input: RowShape) => LayerPlan,
): LayerPlan {
  const plans = branches.map((layers) => planChain(layers, input));
  const units = plans.map((plan) => unitsOf(plan.output, 'the end of a branch'));
  const named = (of: (plan: LayerPlan) => LayerPlan['parameters']) =>
    plans.flatMap((plan, i) => of(plan).map((each) => ({ ...each, name: `branch-${i + 1}/${each.name}` })));
  return planOf(
    {
      output: [units.reduce((a, b) => a + b, 0)],
      parameters: named((plan) => plan.parameters),
      statistics: named((plan) => plan.statistics),
      work: plans.reduce((sum, plan) => sum + plan.work, 0),
      apply: (held) => sideBySide(plans.map((plan, i) => plan.apply(partOf(held, plans, i)))),
    },
    Math.max(...plans.map((plan) => plan.width)),
  );
}

/** The tensors of the i-th plan among those of all. */
export function partOf({ parameters, statistics, masks }: Held, plans: readonly LayerPlan[], i: number): Held {
  const before = plans.slice(0, i);
  const from = (of: 'parameters' | 'statistics') => before.reduce((sum, plan) => sum + plan[of].length, 0);
  const part = (all: Held['parameters'], of: 'parameters' | 'statistics') =>
    all.slice(from(of), from(of) + plans[i][of].length);
  return { parameters: part(parameters, 'parameters'), statistics: part(statistics, 'statistics'), masks };
}

/** y = [f1(x), f2(x), ...], each [rows x units]: filters of several widths over one text (Kim 2014). */
export const sideBySide =
  (branches: readonly Layer[]): Layer =>
  (x) => {
    const passes = branches.map((branch) => branch(x));
    return {
      output: concat(
        passes.map((pass) => pass.output),
        1,
      ),
      statistics: passes.flatMap((pass) => pass.statistics ?? []),
      backward(gradient) {
        const units = passes.map((pass) => pass.output.shape[1] as number);
        const slopes = split(gradient, units, 1);
        const all = passes.map((pass, i) => pass.backward(slopes[i]));
        return {
          parameters: all.flatMap(({ parameters }) => parameters),
          input: () => addN(all.map(({ input }) => input())),
        };
      },
    };
  };
