import type { LearnerEntry } from '../shared/operations/operations.ts';
import type { Distribution, Parameter, Value } from '../shared/space.ts';
import type { ProviderContext } from './context.ts';
import { scalarText } from './scalar.ts';

export const learnerIn = ({ catalog }: ProviderContext, name: unknown): LearnerEntry | undefined =>
  catalog?.find((entry) => entry.name === name);

export function parameterIn(context: ProviderContext, learner: unknown, name: unknown): Parameter | undefined {
  const { space, optional = [] } = learnerIn(context, learner) ?? {};
  return [...(space?.parameters ?? []), ...optional].find((parameter) => parameter.name === name);
}

/** A distribution as the file writes it: '{float: [0.01, 0.3], log: true}'. */
export function distributionText(distribution: Distribution): string {
  if (distribution.type === 'categorical') return `{choice: [${distribution.choices.map(scalarText).join(', ')}]}`;
  if (distribution.type === 'ordinal') return `{ordinal: [${distribution.choices.map(scalarText).join(', ')}]}`;
  const { type, low, high, log, step } = distribution;
  return `{${type}: [${low}, ${high}]${log ? ', log: true' : ''}${step ? `, step: ${step}` : ''}}`;
}

/** What a hyperparameter is by default, as Markdown. */
export function parameterWords({ name, distribution, when }: Parameter, usual: Value | undefined): string {
  const conditions = (when ?? []).map(
    ({ parameter, oneOf }) => `\`${parameter}\` is ${oneOf.map((value) => `\`${value}\``).join(' or ')}`,
  );
  const lines = [
    `**${name}**`,
    `Searched by default: \`${distributionText(distribution)}\``,
    usual === undefined ? '' : `Tried first: \`${usual}\``,
    conditions.length > 0 ? `Only where ${conditions.join(' and ')}.` : '',
  ];
  return lines.filter(Boolean).join('\n\n');
}

/** A learner with its tasks and hyperparameters, as Markdown. */
export function learnerWords({ name, title, tasks, space }: LearnerEntry): string {
  const parameters = space.parameters.map(
    (parameter) => `- \`${parameter.name}: ${distributionText(parameter.distribution)}\``,
  );
  const tuned = parameters.length > 0 ? `Hyperparameters:\n\n${parameters.join('\n')}` : 'Nothing to tune.';
  return `**${name}**: ${title} (${tasks.join(', ')})\n\n${tuned}`;
}
