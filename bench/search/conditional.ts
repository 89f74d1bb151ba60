import type { Params } from '../../src/shared/space.ts';
import type { Problem } from './problems.ts';

const at = (params: Params, name: string) => Number(params[name]);
const logGap = (params: Params, name: string, best: number) => Math.log10(at(params, name) / best) ** 2;

/**
 * Five learners as in a joined space, each with its own bowl: 'boosting' has the lowest floor and the most parameters, 'linear' is
 * nearly as good and easy to tune, the others are worse. Made for this bench; the optimum is 0.
 */
function learners(params: Params): number {
  switch (params.learner) {
    case 'boosting': {
      const shape = 0.02 * logGap(params, 'boosting.rate', 0.06) + 0.002 * (at(params, 'boosting.depth') - 6) ** 2;
      return shape + 0.1 * (at(params, 'boosting.sample') - 0.8) ** 2 + 0.01 * logGap(params, 'boosting.penalty', 0.5);
    }
    case 'mlp': {
      const slow = params['mlp.optimizer'] === 'sgd' ? 0.02 + 0.1 * (at(params, 'mlp.momentum') - 0.9) ** 2 : 0;
      return 0.01 + slow + 0.03 * logGap(params, 'mlp.rate', 0.003) + 0.001 * (at(params, 'mlp.layers') - 3) ** 2;
    }
    case 'linear':
      return 0.04 + 0.005 * logGap(params, 'linear.penalty', 0.01);
    case 'knn':
      return 0.1 + 0.0001 * (at(params, 'knn.k') - 12) ** 2;
    default:
      return 0.08 + 0.002 * (at(params, 'tree.depth') - 7) ** 2;
  }
}

export const conditionalProblems: readonly Problem[] = [
  {
    name: 'five learners (conditional)',
    direction: 'minimize',
    optimum: 0,
    value: learners,
    space: {
      learner: { choice: ['linear', 'knn', 'tree', 'boosting', 'mlp'] },
      'linear.penalty': { float: [1e-5, 100], log: true, when: { learner: 'linear' } },
      'knn.k': { int: [1, 50], when: { learner: 'knn' } },
      'tree.depth': { int: [1, 20], when: { learner: 'tree' } },
      'boosting.rate': { float: [0.001, 1], log: true, when: { learner: 'boosting' } },
      'boosting.depth': { int: [1, 12], when: { learner: 'boosting' } },
      'boosting.sample': { float: [0.3, 1], step: 0.05, when: { learner: 'boosting' } },
      'boosting.penalty': { float: [1e-4, 100], log: true, when: { learner: 'boosting' } },
      'mlp.rate': { float: [1e-5, 0.1], log: true, when: { learner: 'mlp' } },
      'mlp.layers': { int: [1, 5], when: { learner: 'mlp' } },
      'mlp.optimizer': { choice: ['adam', 'sgd'], when: { learner: 'mlp' } },
      'mlp.momentum': { float: [0, 0.99], when: { learner: 'mlp', 'mlp.optimizer': 'sgd' } },
    },
  },
];
