import { prepared } from '../preparation/prepared-learner.ts';
import { boosting } from './boosting/boosting.ts';
import { cnn } from './cnn/cnn.ts';
import { constant } from './constant.ts';
import { ebm } from './ebm/ebm.ts';
import { extraTrees } from './extra-trees.ts';
import { forest } from './forest.ts';
import { knn } from './knn.ts';
import type { Learner } from './learner.ts';
import { discriminant } from './linear/discriminant.ts';
import { elasticNet } from './linear/elastic-net.ts';
import { logistic } from './linear/logistic.ts';
import { ridge } from './linear/ridge.ts';
import { mlp } from './mlp/mlp.ts';
import { naiveBayes } from './naive-bayes.ts';
import { residualMlp } from './residual-mlp/residual-mlp.ts';
import { rules } from './rules/rules.ts';
import { svm } from './svm/svm.ts';
import { textCnn } from './text-cnn/text-cnn.ts';
import { tree } from './tree.ts';

/**
 * Every learner of the house, in the order in which they are listed and first tried: what teaches most in little time comes early.
 * The conformance suite runs over it.
 */
export const learners: readonly Learner[] = [
  constant,
  logistic,
  ridge,
  elasticNet,
  discriminant,
  naiveBayes,
  tree,
  rules,
  boosting,
  ebm,
  knn,
  forest,
  extraTrees,
  svm,
  mlp,
  residualMlp,
  textCnn,
  cnn,
].map(prepared);
