export type Severity = 'error' | 'warning';

export interface CodeInfo {
  readonly severity: Severity;
  /** 'structure' is what a JSON Schema can say too, 'meaning' is what it cannot. */
  readonly layer: 'structure' | 'meaning';
  /** One line for the documentation. */
  readonly words: string;
}

const structure = (words: string) => ({ severity: 'error', layer: 'structure', words }) as const;
const error = (words: string) => ({ severity: 'error', layer: 'meaning', words }) as const;
const warning = (words: string) => ({ severity: 'warning', layer: 'meaning', words }) as const;

/** Every diagnostic's code. Codes are stable: scripts, SARIF and suppressions name them. */
export const codes = {
  'yaml-syntax': structure('The text is not YAML.'),
  'yaml-tab': structure('A line is indented with a tab; YAML takes spaces only.'),
  'duplicate-key': structure('A key stands twice in the same place.'),
  'empty-file': structure('The file holds nothing.'),
  'unknown-key': structure('There is no such key here.'),
  'missing-key': structure('A key that must be given is not.'),
  'wrong-type': structure('The value is of another kind than the key takes.'),
  'bad-value': structure('The value is not one of those that the key takes.'),
  'out-of-range': structure('A number is too small or too large, or a list too short.'),
  'unknown-learner': structure('There is no learner of this name.'),
  'bad-quantity': error(
    'A duration, energy, mass, price, amount or size that cannot be read, or that is not above zero.',
  ),
  'currency-mismatch': error('The cost budget is in another currency than the price of electricity.'),
  'data-missing': error('The data file, or the test file, cannot be read.'),
  'unknown-column': error('The data has no column of this name.'),
  'column-conflict': error('One column is given two roles that exclude each other.'),
  'unsuitable-target': error(
    'The target column cannot be predicted: constant, a date, all different, or with too many classes.',
  ),
  'missing-target': error('Most rows have no target.'),
  'rare-classes': warning('The target has fewer than two rows a class.'),
  'no-features': error('Every column but the target is ignored or has another role.'),
  'unsuitable-task': error('The task does not fit the values of the target.'),
  'unsuitable-metric': error('An objective or a constraint does not fit the task.'),
  'unsuitable-groups': error('Groups are compared by a column that has none, or too many.'),
  'unsuitable-mitigation': error('What is to be done about groups does not fit the task, or there are no groups.'),
  'unsuitable-learner': error('A learner cannot do this task.'),
  'split-size': error('The split leaves a part without enough rows, or is not a share.'),
  'bounds-order': error('A range is empty: its lowest value is above its highest.'),
  'log-bound': error('A logarithmic scale needs a lowest value above zero.'),
  'step-size': error('A step is larger than the range, or stands beside a logarithmic scale.'),
  'unknown-hyperparameter': error('The learner has no hyperparameter of this name.'),
  'unsuitable-distribution': error('The hyperparameter cannot take such values.'),
  'unlisted-choice': warning('A choice is none of those that the learner knows.'),
  'unknown-condition': error('A condition names a hyperparameter that does not exist.'),
  'circular-condition': error('Conditions wait for each other in a circle.'),
  'impossible-condition': error('A condition asks for a value that its hyperparameter never takes.'),
  'nothing-to-search': error('Neither data nor a script is given.'),
  'script-conflict': error('A key that speaks of learners stands beside a script.'),
  'bad-command': error("A script's command cannot be parted into words."),
  'unknown-placeholder': error("A script's command names something that is not in its space."),
  'unknown-default': error("A script's first configuration names a parameter that is not in its space."),
  'resource-order': error("The least of a script's resource is above all of it."),
  'learner-not-used': warning('A space is given for a learner that is not among the learners.'),
  'nas-without-mlp': error('Architecture search needs mlp among the learners.'),
  'unusual-direction': warning('An objective is searched in the direction that makes it worse.'),
  'repeated-item': warning('A list holds the same thing twice.'),
} as const satisfies Record<string, CodeInfo>;

export type Code = keyof typeof codes;
