import { html, type TemplateResult } from 'lit';
import type { Explanation, ExplanationKind } from '../../shared/results/explanation.ts';
import './additive-terms.ts';
import './effects.ts';
import './anchors.ts';
import './contrast.ts';
import './counterfactuals.ts';
import './examples.ts';
import './functional-anova.ts';
import './grad-cam.ts';
import './image-surrogate.ts';
import './influence.ts';
import './integrated-gradients.ts';
import './interactions.ts';
import './explanation-quality.ts';
import './kernel-shap.ts';
import './local-surrogate.ts';
import './members.ts';
import './model-reading.ts';
import './near-misses.ts';
import './occlusion.ts';
import './permutation-importance.ts';
import './prototypes.ts';
import './sage.ts';
import './shap-summary.ts';
import './surrogate-tree.ts';
import './slices.ts';
import './fairness.ts';
import './decisions.ts';
import './text-surrogate.ts';
import './tree-shap.ts';
import './trust-score.ts';

type Views = {
  readonly [K in ExplanationKind]: (
    result: Extract<Explanation, { kind: K }>,
    row: number | undefined,
  ) => TemplateResult;
};

/** What draws each kind of explanation. */
const views: Views = {
  'additive-terms': (result) => html`<vitrine-additive-terms .result=${result}></vitrine-additive-terms>`,
  'model-reading': (result, row) =>
    html`<vitrine-model-reading .result=${result} .row=${row ?? null}></vitrine-model-reading>`,
  'surrogate-tree': (result, row) =>
    html`<vitrine-surrogate-tree .result=${result} .row=${row ?? null}></vitrine-surrogate-tree>`,
  'permutation-importance': (result) =>
    html`<vitrine-permutation-importance .result=${result}></vitrine-permutation-importance>`,
  slices: (result) => html`<vitrine-slices .result=${result}></vitrine-slices>`,
  fairness: (result) => html`<vitrine-fairness .result=${result}></vitrine-fairness>`,
  decisions: (result) => html`<vitrine-decisions .result=${result}></vitrine-decisions>`,
  'shap-summary': (result) => html`<vitrine-shap-summary .result=${result}></vitrine-shap-summary>`,
  sage: (result) => html`<vitrine-sage .result=${result}></vitrine-sage>`,
  effects: (result) => html`<vitrine-effects .result=${result}></vitrine-effects>`,
  interactions: (result) => html`<vitrine-interactions .result=${result}></vitrine-interactions>`,
  'functional-anova': (result) => html`<vitrine-functional-anova .result=${result}></vitrine-functional-anova>`,
  prototypes: (result) => html`<vitrine-prototypes .result=${result}></vitrine-prototypes>`,
  'trust-score': (result) => html`<vitrine-trust-score .result=${result}></vitrine-trust-score>`,
  'near-misses': (result) => html`<vitrine-near-misses .result=${result}></vitrine-near-misses>`,
  'tree-shap': (result) => html`<vitrine-tree-shap .result=${result}></vitrine-tree-shap>`,
  'kernel-shap': (result) => html`<vitrine-kernel-shap .result=${result}></vitrine-kernel-shap>`,
  'integrated-gradients': (result) =>
    html`<vitrine-integrated-gradients .result=${result}></vitrine-integrated-gradients>`,
  members: (result) => html`<vitrine-members .result=${result}></vitrine-members>`,
  'local-surrogate': (result) => html`<vitrine-local-surrogate .result=${result}></vitrine-local-surrogate>`,
  'text-surrogate': (result) => html`<vitrine-text-surrogate .result=${result}></vitrine-text-surrogate>`,
  'image-surrogate': (result) => html`<vitrine-image-surrogate .result=${result}></vitrine-image-surrogate>`,
  occlusion: (result) => html`<vitrine-occlusion .result=${result}></vitrine-occlusion>`,
  'grad-cam': (result) => html`<vitrine-grad-cam .result=${result}></vitrine-grad-cam>`,
  anchors: (result) => html`<vitrine-anchors .result=${result}></vitrine-anchors>`,
  counterfactuals: (result) => html`<vitrine-counterfactuals .result=${result}></vitrine-counterfactuals>`,
  'explanation-quality': (result) =>
    html`<vitrine-explanation-quality .result=${result}></vitrine-explanation-quality>`,
  contrast: (result) => html`<vitrine-contrast .result=${result}></vitrine-contrast>`,
  examples: (result) => html`<vitrine-examples .result=${result}></vitrine-examples>`,
  influence: (result) => html`<vitrine-influence .result=${result}></vitrine-influence>`,
};

/** The explanation by the component of its kind. row: the one that is chosen, which one of the whole model may follow. */
export function explanationView(result: Explanation, row?: number): TemplateResult {
  const view = views[result.kind] as (result: Explanation, row: number | undefined) => TemplateResult;
  return view(result, row);
}
