import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Params } from '../../shared/space.ts';

/** A configuration that did well on other tables: tried after the learners' defaults and before the sampler is asked. */
export interface PortfolioEntry {
  readonly learner: string;
  /** What differs from the learner's defaults. */
  readonly params: Params;
  /** What it adds to those before it, for people. */
  readonly words: string;
  /** Whether it makes sense for such data; absent: always. */
  readonly suits?: (info: DatasetInfo) => boolean;
}

const isLarge = ({ rowCount }: DatasetInfo) => rowCount >= 5000;
/** Products of two columns are a learner's own parameter up to here. */
const isSmall = ({ rowCount }: DatasetInfo) => rowCount < 3000;

/**
 * The order in which learners' defaults are tried: what costs little first, then what most often wins, with the best of those that can be
 * read, then what errs otherwise than that and so helps an ensemble. Learners that are not named follow, as they are listed.
 */
export const defaultsOrder: readonly string[] = [
  'constant',
  'logistic',
  'ridge',
  'discriminant',
  'naive_bayes',
  'tree',
  'boosting',
  'ebm',
  'extra_trees',
  'residual_mlp',
  'forest',
  'svm',
  'elastic_net',
  'rules',
  'knn',
];

/**
 * In the order in which they are tried. The boosting entries are near those that a greedy selection over many tables put first
 * (AutoGluon's CPU portfolio of December 2025: entries 3, 7, 10 and 8; Feurer et al. 2022, Auto-Sklearn 2.0, section 4.1, for the
 * method): small trees, low rates and half of the columns, with random cuts beside exact ones. Of the others each is a kind of model that
 * its learner's default is not.
 */
export const portfolio: readonly PortfolioEntry[] = [
  {
    learner: 'boosting',
    params: {
      learning_rate: 0.03,
      leaves: 39,
      min_leaf_rows: 3,
      l2: 1,
      row_sample: 0.88,
      column_sample: 0.46,
      random_cuts: true,
    },
    words: 'random cuts',
  },
  { learner: 'boosting', params: { combinations: 8 }, words: 'sums, products and ratios of columns' },
  { learner: 'discriminant', params: { pooling: 0.05, shrinkage: 1e-4 }, words: 'a covariance for each class' },
  { learner: 'logistic', params: { interactions: 'pairs', C: 1 }, words: 'products of columns', suits: isSmall },
  { learner: 'ridge', params: { interactions: 'pairs', alpha: 10 }, words: 'products of columns', suits: isSmall },
  { learner: 'elastic_net', params: { loss: 'huber' }, words: 'a loss that outliers cannot rule' },
  { learner: 'svm', params: { kernel: 'rbf', C: 10 }, words: 'a stricter margin' },
  {
    learner: 'boosting',
    params: {
      learning_rate: 0.05,
      leaves: 6,
      min_leaf_rows: 15,
      l2: 1,
      row_sample: 0.72,
      column_sample: 0.42,
      random_cuts: false,
    },
    words: 'small trees',
  },
  { learner: 'naive_bayes', params: { power: 1 }, words: 'columns that are taken to be independent' },
  {
    learner: 'boosting',
    params: {
      learning_rate: 0.04,
      leaves: 16,
      min_leaf_rows: 1,
      l2: 1,
      row_sample: 0.96,
      column_sample: 0.58,
      random_cuts: false,
    },
    words: 'leaves of single rows',
  },
  {
    learner: 'boosting',
    params: {
      learning_rate: 0.03,
      leaves: 180,
      min_leaf_rows: 12,
      l2: 1,
      row_sample: 0.95,
      column_sample: 0.4,
      random_cuts: true,
    },
    words: 'large trees',
    suits: isLarge,
  },
  { learner: 'ebm', params: { combinations: 8 }, words: 'sums, products and ratios of columns' },
];
