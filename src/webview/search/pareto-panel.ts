import { css, html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import type { SearchReplay } from '../../shared/results/search-replay.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { Host } from '../page/host.ts';
import './along-front.ts';
import { asking } from './asked-result.ts';
import { choiceStyles, objectiveChoice } from './choice.ts';
import './pareto.ts';

/** The front of two chosen objectives, and how importance changes along it. */
export class ParetoPanel extends VitrineElement {
  static override styles = [
    baseStyles,
    choiceStyles,
    css`
      vitrine-asked-result {
        margin-top: 14px;
      }
    `,
  ];
  static override properties = {
    host: { attribute: false },
    file: {},
    replay: { attribute: false },
    ended: { attribute: false },
    blocked: {},
    across: { state: true },
    up: { state: true },
  };
  declare host: Host | null;
  declare file: string;
  declare replay: SearchReplay | null;
  declare ended: number;
  declare blocked: string;
  declare across: number;
  declare up: number;

  constructor() {
    super();
    this.host = null;
    this.file = '';
    this.replay = null;
    this.ended = 0;
    this.blocked = '';
    this.across = 0;
    this.up = 1;
  }

  protected override render() {
    const { replay, across, up } = this;
    if (!replay) return nothing;
    return html`${replay.objectives.length > 2 ? this.#choices(replay) : nothing}
      <vitrine-search-pareto .replay=${replay} .pair=${[across, up]} .ended=${this.ended}></vitrine-search-pareto>
      <vitrine-asked-result
        .host=${this.host}
        blocked=${this.blocked}
        heading="Importance along the front"
        invitation="Whether other hyperparameters matter where the one objective counts than where the other does; of all trials so far."
        action="Follow the front"
        .asking=${asking('search.importanceAlongFront', { file: this.file, objectives: [across, up] }, (result) => html`<vitrine-importance-along-front .result=${result}></vitrine-importance-along-front>`)}
      ></vitrine-asked-result>`;
  }

  /** Two different ones: choosing the other's objective exchanges them. */
  #choices({ objectives }: SearchReplay) {
    const names = objectives.map(({ name }) => metricInSentence(name));
    const chooseAcross = (chosen: number) => {
      if (chosen === this.up) this.up = this.across;
      this.across = chosen;
    };
    const chooseUp = (chosen: number) => {
      if (chosen === this.across) this.across = this.up;
      this.up = chosen;
    };
    return html`<div class="choices">
      ${objectiveChoice(names, this.across, chooseAcross, 'Across')} ${objectiveChoice(names, this.up, chooseUp, 'Upwards')}
    </div>`;
  }
}
define('vitrine-pareto-panel', ParetoPanel);
