/** One parametric family of rising curves over steps x >= 1. */
export interface CurveFamily {
  readonly name: string;
  /** Where a search for parameters may begin, for curves that rise from about 0.1 to about 0.8. */
  readonly start: readonly number[];
  /** The curve at a step; NaN where the parameters make no curve. */
  at(x: number, parameters: ArrayLike<number>, offset: number): number;
}

const { exp, log, pow } = Math;

/**
 * The eleven families of Domhan et al. 2015, table 1, with the names of its appendix. Their parameters stand in the formulas' order, from
 * `offset` on in a longer vector. (NNI's `linear` and `logx_linear` are not in the paper: they rise without bound.)
 */
export const curveFamilies: readonly CurveFamily[] = [
  {
    name: 'vap',
    start: [-0.3, -2, 0.02],
    at: (x, p, o) => exp(p[o] + p[o + 1] / x + p[o + 2] * log(x)),
  },
  { name: 'pow3', start: [0.8, 0.7, 0.5], at: (x, p, o) => p[o] - p[o + 1] * pow(x, -p[o + 2]) },
  { name: 'loglog_linear', start: [0.3, 1.2], at: (x, p, o) => log(p[o] * log(x) + p[o + 1]) },
  {
    name: 'dr_hill',
    start: [0.8, 1, 3],
    at: (x, p, o) => (p[o] * pow(x, p[o + 1])) / (pow(p[o + 2], p[o + 1]) + pow(x, p[o + 1])),
  },
  { name: 'log_power', start: [0.8, 1, -1], at: (x, p, o) => p[o] / (1 + pow(x / exp(p[o + 1]), p[o + 2])) },
  { name: 'pow4', start: [0.8, 1, 0.5, 0.7], at: (x, p, o) => p[o] - pow(p[o + 1] * x + p[o + 2], -p[o + 3]) },
  {
    name: 'mmf',
    start: [0.8, 0.1, 0.3, 1],
    at: (x, p, o) => p[o] - (p[o] - p[o + 1]) / (1 + pow(p[o + 2] * x, p[o + 3])),
  },
  { name: 'exp4', start: [0.8, 0.3, 0.7, -0.3], at: (x, p, o) => p[o] - exp(-p[o + 1] * pow(x, p[o + 2]) + p[o + 3]) },
  {
    name: 'janoschek',
    start: [0.8, 0.1, 0.2, 0.8],
    at: (x, p, o) => p[o] - (p[o] - p[o + 1]) * exp(-p[o + 2] * pow(x, p[o + 3])),
  },
  {
    name: 'weibull',
    start: [0.8, 0.1, 0.2, 0.8],
    at: (x, p, o) => p[o] - (p[o] - p[o + 1]) * exp(-pow(p[o + 2] * x, p[o + 3])),
  },
  { name: 'ilog2', start: [0.9, 0.6], at: (x, p, o) => p[o] - p[o + 1] / log(x + 1) },
];
