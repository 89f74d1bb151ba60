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

/**
 * Four learners of which the best looks worst at first: 'svm' fails but in a narrow valley of its two parameters, where it ends below what
 * the others can reach at their best, which they reach soon. Made for this bench; the optimum is 0.
 */
function lateLearner(params: Params): number {
  switch (params.learner) {
    case 'svm': {
      const gap = logGap(params, 'svm.cost', 30) + logGap(params, 'svm.width', 0.002);
      return 0.5 * (1 - Math.exp(-0.5 * gap)) + (params['svm.kernel'] === 'rbf' ? 0 : 0.05);
    }
    case 'forest':
      return 0.06 + 0.0005 * (at(params, 'forest.depth') - 14) ** 2 + 0.02 * (at(params, 'forest.share') - 0.4) ** 2;
    case 'bayes':
      return 0.12 + 0.002 * logGap(params, 'bayes.smoothing', 1e-3);
    default:
      return 0.09 + 0.004 * logGap(params, 'ridge.penalty', 1);
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
  {
    name: 'late learner (conditional)',
    direction: 'minimize',
    optimum: 0,
    value: lateLearner,
    space: {
      learner: { choice: ['ridge', 'bayes', 'forest', 'svm'] },
      'ridge.penalty': { float: [1e-4, 1e4], log: true, when: { learner: 'ridge' } },
      'bayes.smoothing': { float: [1e-9, 1], log: true, when: { learner: 'bayes' } },
      'forest.depth': { int: [1, 30], when: { learner: 'forest' } },
      'forest.share': { float: [0.1, 1], when: { learner: 'forest' } },
      'svm.kernel': { choice: ['rbf', 'poly'], when: { learner: 'svm' } },
      'svm.cost': { float: [1e-3, 1e3], log: true, when: { learner: 'svm' } },
      'svm.width': { float: [1e-6, 10], log: true, when: { learner: 'svm' } },
    },
  },
];
