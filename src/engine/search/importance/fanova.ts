import type {
  HyperparameterImportance,
  ParameterImportance,
} from '../../../shared/results/hyperparameter-importance.ts';
import { intervalOver, meanOf, type SearchModel, searchModel } from '../analysis/search-model.ts';
import { branchesOf } from './fanova/branches.ts';
import { TreeDecomposition } from './fanova/decomposition.ts';
import type { Importance } from './importance.ts';
import { activeShare, byImportance } from './shares.ts';

export interface FanovaOptions {
  /** Pairs are looked for among so many of the strongest parameters; default: 8. */
  readonly paired?: number;
  /** Pairs that are told, the strongest; default: 10. */
  readonly pairs?: number;
}

/**
 * Functional ANOVA (Hutter, Hoos and Leyton-Brown 2014): the share of a random forest's variance over the space that each parameter explains by
 * itself, and each pair beyond that. What is missing to 1 are higher interactions. The estimate is the mean over the trees, its
 * interval spans 90 % of them.
 */
export const fanova = ({ paired = 8, pairs = 10 }: FanovaOptions = {}): Importance => ({
  name: 'fanova',
  title: 'functional ANOVA',
  compute(study, options, random) {
    const model = searchModel(study, options, random);
    const trees = decompose(model);
    const over = (variance: (tree: TreeDecomposition) => number) => {
      const shares = Float64Array.from(trees, (tree) => Math.min(1, variance(tree) / tree.total));
      const importance = trees.length > 0 ? meanOf(shares) : 0;
      return { importance, interval: trees.length > 0 ? intervalOver(shares, importance) : { low: 0, high: 0 } };
    };
    const parameters = study.space.parameters.flatMap(({ name }, i): ParameterImportance[] => {
      const active = activeShare(model.judged, i);
      return active > 0 ? [{ name, ...over((tree) => tree.single(i)), active }] : [];
    });
    const ranked = byImportance(parameters);
    const places = new Map(study.space.parameters.map(({ name }, i) => [name, i]));
    const strongest = ranked.slice(0, paired).filter(({ importance }) => importance > 0);
    const together = strongest.flatMap((a, i) =>
      strongest.slice(i + 1).map((b): NonNullable<HyperparameterImportance['pairs']>[number] => {
        const [first, second] = [a, b].map(({ name }) => places.get(name) as number);
        return { names: [a.name, b.name], ...over((tree) => tree.pair(first, second)) };
      }),
    );
    return {
      kind: 'hyperparameter-importance',
      method: 'fanova',
      title: 'functional ANOVA',
      unit: 'share',
      ...model.basis,
      parameters: ranked,
      pairs: together.toSorted((a, b) => b.importance - a.importance).slice(0, pairs),
    };
  },
});

/** Those trees that tell anything apart. */
function decompose({ space, forest, judged }: SearchModel): TreeDecomposition[] {
  const branches = branchesOf(space);
  // Variances have squares: of shares of the largest loss they neither overflow nor vanish.
  const unit = judged.losses.reduce((most, loss) => Math.max(most, Math.abs(loss)), 0) || 1;
  const centre = meanOf(judged.losses.map((loss) => loss / unit));
  const trees = forest.trees.map((tree) => new TreeDecomposition(tree, branches, (mean) => mean / unit - centre));
  return trees.filter(({ total }) => total > 0);
}
