import { html, type TemplateResult } from 'lit';
import { explanationsOf } from '../../../shared/results/explanation.ts';
import type { TrialDetail } from '../../../shared/results/study.ts';
import type { Host } from '../../page/host.ts';
import './model-editing.ts';

const editableUnits: readonly (string | undefined)[] = ['graphs', 'coefficients', 'leaves', 'rules'];

/** The editing of a trial's model, to stand under its graphs or its reading; null where nobody can follow the model. */
export function editMode(host: Host | null, detail: TrialDetail, blocked: string): TemplateResult | null {
  const { trial, explanations, file } = detail;
  if (trial.state !== 'complete' || !editableUnits.includes(trial.model?.reading?.unit)) return null;
  return html`<vitrine-model-editing
    .host=${host}
    file=${file}
    .trial=${trial.number}
    .result=${explanationsOf(explanations, 'additive-terms').at(-1) ?? null}
    blocked=${blocked}
  ></vitrine-model-editing>`;
}
