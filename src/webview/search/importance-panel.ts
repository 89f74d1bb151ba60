import { html, nothing } from 'lit';
import { type ImportanceMethod, importanceMethods } from '../../shared/results/hyperparameter-importance.ts';
import { baseStyles } from '../components/base-styles.ts';
import { define, VitrineElement } from '../components/element.ts';
import type { Host } from '../page/host.ts';
import { asking } from './asked-result.ts';
import { choice, choiceStyles, objectiveChoice } from './choice.ts';
import './hyperparameter-importance.ts';

/** What each method is called where one is chosen. */
export const methodTitles: Readonly<Record<ImportanceMethod, string>> = {
  fanova: 'whole space (fANOVA)',
  'ped-anova': 'best tenth (PED-ANOVA)',
  local: 'around the best (local)',
  tunability: 'gain by tuning (tunability)',
  ablation: 'default to best (ablation)',
};

/** Importance of the hyperparameters by a method and for an objective of the person's choice. */
export class ImportancePanel extends VitrineElement {
  static override styles = [baseStyles, choiceStyles];
  static override properties = {
    host: { attribute: false },
    file: {},
    objectives: { attribute: false },
    until: { attribute: false },
    blocked: {},
    method: { state: true },
    objective: { state: true },
  };
  declare host: Host | null;
  declare file: string;
  declare objectives: readonly string[];
  declare until: number | undefined;
  declare blocked: string;
  declare method: ImportanceMethod;
  declare objective: number;

  constructor() {
    super();
    this.host = null;
    this.file = '';
    this.objectives = [];
    this.until = undefined;
    this.blocked = '';
    this.method = 'fanova';
    this.objective = 0;
  }

  protected override render() {
    const { file, method, objective, until, objectives } = this;
    const options = importanceMethods.map((value) => ({ value, label: methodTitles[value] }));
    const choose = (value: string) => {
      this.method = importanceMethods.find((known) => known === value) ?? 'fanova';
    };
    const chooseObjective = (chosen: number) => {
      this.objective = chosen;
    };
    return html`<div class="choices">
        ${choice({ label: 'Importance', options, value: method, onChange: choose })}
        ${objectives.length > 1 ? objectiveChoice(objectives, objective, chooseObjective) : nothing}
      </div>
      <vitrine-asked-result
        .host=${this.host}
        blocked=${this.blocked}
        heading="Which hyperparameters matter"
        invitation="How much each hyperparameter decides how good a trial is, with intervals and how far they can be trusted."
        action="Find what matters"
        .asking=${asking('search.importance', { file, method, objective, until }, (result) => html`<vitrine-hyperparameter-importance .result=${result}></vitrine-hyperparameter-importance>`)}
      ></vitrine-asked-result>`;
  }
}
define('vitrine-importance-panel', ImportancePanel);
