import { css, html, type TemplateResult } from 'lit';
import { type SelectOptions, select } from '../components/select.ts';

export const choiceStyles = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
    margin-bottom: 8px;
  }
  .choices label {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  .choices .select {
    width: auto;
    min-width: 120px;
    max-width: 100%;
  }
`;

/** A select with its label before it; needs `choiceStyles` and stands in `.choices`. */
export const choice = (options: SelectOptions): TemplateResult => html`<label>
  <span class="small quiet">${options.label}</span>${select(options)}
</label>`;

/** One of a study's objectives by its place. */
export const objectiveChoice = (
  names: readonly string[],
  chosen: number,
  onChange: (objective: number) => void,
  label = 'Objective',
): TemplateResult =>
  choice({
    label,
    options: names.map((name, at) => ({ value: String(at), label: name })),
    value: String(chosen),
    onChange: (value) => onChange(Number(value)),
  });
