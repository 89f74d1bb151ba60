import { css, html, nothing, svg } from 'lit';
import type { EnsembleMember } from '../../shared/results/final-models.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import { learnerMarkStyles } from '../charts/learner-mark-styles.ts';
import { learnerMark, learnerSwatch } from '../charts/learner-marks.ts';
import { baseStyles } from '../components/base-styles.ts';
import { breakable } from '../components/breakable.ts';
import { link } from '../components/button.ts';
import { define, VitrineElement } from '../components/element.ts';
import { openTrial } from './open-trial.ts';

const shortLength = 6;
/** Of the bar's 1,000. */
const gap = 5;

/** What an ensemble is made of: a bar of the members' weights where there are several, and a name each that opens the member's trial. */
export class EnsembleMembers extends VitrineElement {
  static override styles = [
    baseStyles,
    learnerMarkStyles,
    css`
      .bar {
        display: block;
        width: 100%;
        max-width: 480px;
        height: 6px;
        margin: 4px 0;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 1px 12px;
      }
      li {
        display: flex;
        align-items: baseline;
        gap: 5px;
        min-width: 0;
      }
      .rest {
        fill: var(--quiet);
        fill-opacity: 0.5;
      }
      @media print {
        .more {
          display: none;
        }
      }
    `,
  ];
  static override properties = {
    members: { attribute: false },
    readOnly: { attribute: false },
    whole: { state: true },
  };
  /** The heaviest first. */
  declare members: readonly EnsembleMember[];
  declare readOnly: boolean;
  declare whole: boolean;

  constructor() {
    super();
    this.members = [];
    this.readOnly = false;
    this.whole = false;
  }

  protected override render() {
    const { members, whole } = this;
    const isLong = members.length > shortLength + 1;
    const shown = isLong && !whole ? members.slice(0, shortLength) : members;
    const toggle = () => {
      this.whole = !this.whole;
    };
    const rest = countWords(members.length - shortLength, 'lighter one');
    return html`${members.length > 1 ? bar(shown) : nothing}
      <ul class="small" aria-label="Members and their weights">
        ${shown.map((member) => this.#member(member))}
        ${isLong ? html`<li class="more">${link(whole ? `Show the heaviest ${shortLength}` : `Show ${rest}`, toggle)}</li>` : nothing}
      </ul>`;
  }

  #member({ trial, learner, weight }: EnsembleMember) {
    const alone = this.members.length === 1;
    const share = alone ? 'alone' : numberWords(weight, 2);
    const words = `Trial ${trial}, ${learner}, ${alone ? 'alone makes up the ensemble' : `makes up ${share} of the ensemble`}`;
    const name = breakable(learner);
    return html`<li title=${words}>
      ${learnerSwatch(learner)}
      <span>${this.readOnly ? name : link(name, () => openTrial(this, trial), `Open trial ${trial}. ${words}`)} <span class="numbers">${share}</span></span>
    </li>`;
  }
}

/** Weights side by side, in the order of the names beneath; what is not named is grey. */
function bar(members: readonly EnsembleMember[]) {
  let at = 0;
  const parts = members.map(({ learner, weight }) => {
    const start = at;
    at += 1000 * weight;
    return svg`<rect class="swatch ${learnerMark(learner).color}" fill="currentColor" x=${start} width=${Math.max(1, 1000 * weight - gap)} height="1"></rect>`;
  });
  const left = 1000 - at;
  return html`<svg class="bar" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
    ${parts}${left > gap ? svg`<rect class="rest" x=${at} width=${left} height="1"></rect>` : nothing}
  </svg>`;
}
define('vitrine-ensemble-members', EnsembleMembers);
