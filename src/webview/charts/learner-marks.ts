import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { ThemeColor } from './theme.ts';

export type Shape = 'circle' | 'triangle' | 'rect' | 'rectRot' | 'cross' | 'star' | 'rectRounded';

/** A learner's colour and shape, the same in every chart and table; the shape alone tells them apart. */
export interface LearnerMark {
  readonly shape: Shape;
  readonly color: ThemeColor;
}

const known: Readonly<Record<string, LearnerMark>> = {
  constant: { shape: 'cross', color: 'quiet' },
  logistic: { shape: 'circle', color: 'blue' },
  ridge: { shape: 'circle', color: 'blue' },
  elastic_net: { shape: 'triangle', color: 'blue' },
  discriminant: { shape: 'rectRot', color: 'blue' },
  naive_bayes: { shape: 'rect', color: 'green' },
  svm: { shape: 'star', color: 'green' },
  knn: { shape: 'triangle', color: 'green' },
  tree: { shape: 'rectRot', color: 'orange' },
  rules: { shape: 'rectRot', color: 'green' },
  forest: { shape: 'rectRounded', color: 'yellow' },
  extra_trees: { shape: 'rectRounded', color: 'orange' },
  boosting: { shape: 'rect', color: 'purple' },
  mlp: { shape: 'star', color: 'red' },
  residual_mlp: { shape: 'rectRounded', color: 'red' },
  text_cnn: { shape: 'star', color: 'blue' },
  cnn: { shape: 'star', color: 'purple' },
};
const others: readonly LearnerMark[] = [
  { shape: 'triangle', color: 'blue' },
  { shape: 'rectRot', color: 'purple' },
  { shape: 'rect', color: 'red' },
];

export function learnerMark(learner: string): LearnerMark {
  const sum = [...learner].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return known[learner] ?? others[sum % others.length];
}

const drawings: Readonly<Record<Shape, SVGTemplateResult>> = {
  circle: svg`<circle cx="6" cy="6" r="4.5" fill="currentColor"/>`,
  triangle: svg`<path d="M6 1 11 10.5H1Z" fill="currentColor"/>`,
  rect: svg`<path d="M1.8 1.8H10.2V10.2H1.8Z" fill="currentColor"/>`,
  rectRot: svg`<path d="M6 .5 11.5 6 6 11.5 .5 6Z" fill="currentColor"/>`,
  rectRounded: svg`<rect x="1.5" y="1.5" width="9" height="9" rx="3" fill="currentColor"/>`,
  cross: svg`<path d="M6 1V11M1 6H11" stroke="currentColor" stroke-width="2"/>`,
  star: svg`<path d="M6 .5V11.5M.5 6H11.5M2.1 2.1 9.9 9.9M2.1 9.9 9.9 2.1" stroke="currentColor" stroke-width="1.6"/>`,
};

/** The mark as a small picture beside the learner's name; needs `learnerMarkStyles`. */
export const learnerSwatch = (learner: string): TemplateResult => swatch(learnerMark(learner));

/** Any mark as a small picture; needs `learnerMarkStyles`. */
export const swatch = ({ shape, color }: LearnerMark): TemplateResult =>
  html`<svg class="swatch ${color}" viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
    ${drawings[shape]}
  </svg>`;
