/** 1 / (1 + e^-x): the probability whose log odds are x. */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** log(1 + e^x) in the form that does not overflow; with x = -log odds of what came true, its log loss. */
export const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
