import { css, html, nothing } from 'lit';
import type { Reason, TrialRecord } from '../../shared/trial.ts';
import { scoreWords } from '../components/amounts.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import { phaseTitles } from '../search/phase-marks.ts';

/** Why this configuration was tried, in brief, as the sampler recorded it when it suggested it. */
export class ReasonView extends VitrineElement {
  static override styles = [
    baseStyles,
    css`
      .phase {
        display: inline-block;
        font-size: var(--small);
        padding: 0 7px;
        margin-right: 6px;
        border: 1px solid var(--line);
        border-radius: 9px;
        color: var(--quiet);
      }
      p {
        margin-bottom: 4px;
        max-width: 85ch;
        text-wrap: pretty;
      }
    `,
  ];
  static override properties = { trial: { attribute: false } };
  declare trial: TrialRecord | null;

  constructor() {
    super();
    this.trial = null;
  }

  protected override render() {
    if (!this.trial) return nothing;
    const { why, values } = this.trial;
    return html`<p><span class="phase">${phaseTitles[why.phase]}</span>${why.words}</p>
      ${why.prediction ? html`<p class="quiet numbers">${predictionWords(why.prediction, values?.[0])}</p>` : nothing}`;
  }
}

function predictionWords(
  { value, low, high }: NonNullable<Reason['prediction']>,
  measured: number | undefined,
): string {
  const expected = `Expected ${scoreWords(value)} (${scoreWords(low)} to ${scoreWords(high)})`;
  return measured === undefined ? `${expected}.` : `${expected}; measured ${scoreWords(measured)}.`;
}
define('vitrine-reason', ReasonView);
