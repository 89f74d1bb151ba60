import { html, nothing, type PropertyValues } from 'lit';
import type { SearchWhy } from '../../shared/results/search-why.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import '../components/empty-state.ts';
import type { Host } from '../page/host.ts';
import { LatestAnswer } from '../page/latest-answer.ts';
import { asking } from './asked-result.ts';
import { choice, choiceStyles, objectiveChoice } from './choice.ts';
import './dependence.ts';

const none = '';

/** Partial dependence on one or two of the best trial's hyperparameters. */
export class DependencePanel extends VitrineElement {
  static override styles = [baseStyles, choiceStyles];
  static override properties = {
    host: { attribute: false },
    file: {},
    objectives: { attribute: false },
    until: { attribute: false },
    blocked: {},
    first: { state: true },
    second: { state: true },
    objective: { state: true },
  };
  declare host: Host | null;
  declare file: string;
  declare objectives: readonly string[];
  declare until: number | undefined;
  declare blocked: string;
  declare first: string;
  declare second: string;
  declare objective: number;
  readonly #best = new LatestAnswer<SearchWhy>(this);

  constructor() {
    super();
    this.host = null;
    this.file = '';
    this.objectives = [];
    this.until = undefined;
    this.blocked = '';
    this.first = none;
    this.second = none;
    this.objective = 0;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { host, file } = this;
    if (!host || file === '' || !(changed.has('file') || changed.has('host'))) return;
    this.first = none;
    this.second = none;
    this.#best.forget();
    void this.#best.ask(() => host.request('search.why', { file, trial: 'best' }));
  }

  protected override render() {
    const { value, fault } = this.#best;
    if (fault)
      return html`<vitrine-empty-state heading="Partial dependence" words=${fault.message} advice=${fault.advice ?? ''}></vitrine-empty-state>`;
    const names = Object.keys(value?.params ?? {});
    if (names.length === 0) return nothing;
    const first = names.includes(this.first) ? this.first : names[names.length - 1];
    const second = this.second !== first && names.includes(this.second) ? this.second : none;
    return html`${this.#choices(names, first, second)}
      <vitrine-asked-result
        .host=${this.host}
        blocked=${this.blocked}
        heading="Partial dependence"
        invitation="What the objective is on average along one or two hyperparameters, with the uncertainty of that."
        action="Draw the dependence"
        .asking=${asking('search.dependence', { file: this.file, parameters: second === none ? [first] : [first, second], objective: this.objective, until: this.until }, (result) => html`<vitrine-search-dependence .result=${result}></vitrine-search-dependence>`)}
      ></vitrine-asked-result>`;
  }

  #choices(names: readonly string[], first: string, second: string) {
    const options = names.map((name) => ({ value: name, label: name }));
    const others = options.filter(({ value }) => value !== first);
    const chooseFirst = (name: string) => {
      this.first = name;
    };
    const chooseSecond = (name: string) => {
      this.second = name;
    };
    const chooseObjective = (chosen: number) => {
      this.objective = chosen;
    };
    return html`<div class="choices">
      ${choice({ label: 'Along', options, value: first, onChange: chooseFirst })}
      ${others.length > 0 ? choice({ label: 'and', options: [{ value: none, label: 'nothing else' }, ...others], value: second, onChange: chooseSecond }) : nothing}
      ${this.objectives.length > 1 ? objectiveChoice(this.objectives, this.objective, chooseObjective) : nothing}
    </div>`;
  }
}
define('vitrine-dependence-panel', DependencePanel);
