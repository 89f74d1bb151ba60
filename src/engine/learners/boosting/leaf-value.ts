/** How a leaf's value follows from the sums of its rows. */
export interface LeafRule {
  readonly l1: number;
  readonly l2: number;
  /** Rows at which a leaf's value lies half way to its parent's; 0: no smoothing. */
  readonly pathSmoothing: number;
}

/** Sums over the rows of a node: gradients, hessians, rows. */
export interface NodeSums {
  readonly g: number;
  readonly h: number;
  readonly rows: number;
}

/** What the nodes above a node say of its value. */
export interface LeafLimits {
  /** Between these the value must lie for the sake of columns that are monotone. */
  readonly low: number;
  readonly high: number;
  /** The parent's value, which path smoothing draws to; 0 at the root. */
  readonly parent: number;
}

export const rootLimits: LeafLimits = {
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  parent: 0,
};

/** The gradient sum after soft thresholding by the L1 penalty. */
const shrunk = (g: number, l1: number) => (l1 === 0 ? g : Math.sign(g) * Math.max(0, Math.abs(g) - l1));

/** -T(G) / (H + L2) (Chen and Guestrin 2016, equation 5, with their L1), drawn to the parent's and kept within its limits. */
export function leafValue(g: number, h: number, rows: number, rule: LeafRule, limits: LeafLimits): number {
  let value = -shrunk(g, rule.l1) / (h + rule.l2 + 1e-12);
  if (rule.pathSmoothing > 0) {
    const weight = rows / (rows + rule.pathSmoothing);
    value = weight * value + (1 - weight) * limits.parent;
  }
  return Math.min(limits.high, Math.max(limits.low, value));
}

/** Twice the second-order loss that a leaf of this value takes off: -(2 T(G) value + (H + L2) value^2). */
export function scoreOfValue(g: number, h: number, value: number, { l1, l2 }: LeafRule): number {
  return -(2 * shrunk(g, l1) * value + (h + l2) * value * value);
}
