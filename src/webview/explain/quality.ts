import { html, type TemplateResult } from 'lit';
import { numberWords, secondsWords } from '../../shared/results/numbers.ts';
import type { Result } from '../../shared/results/result.ts';
import { icon } from '../components/icon.ts';

/** The last line of every analysis: how far it can be trusted, and what it took. */
export const quality = ({
  quality: { words },
  cost,
  seed,
}: Result): TemplateResult => html`<p class="small quiet quality">
  ${icon('beaker', 'Trust')} ${words} ${secondsWords(cost.seconds)}, ${numberWords(cost.predictions)} predictions, seed ${seed}.
</p>`;
