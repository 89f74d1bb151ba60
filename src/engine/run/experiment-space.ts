import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Balance, Experiment, SpaceOverride } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { Parameter, Space } from '../../shared/space.ts';
import type { Learner } from '../learners/learner.ts';
import { lacksColumn, suitsColumns } from '../learners/needed-columns.ts';
import { defaultsOrder, portfolio } from '../meta/portfolio.ts';
import { isForbidden } from '../space/conditions.ts';
import { configurationKey } from '../space/configuration.ts';
import { joinParams, joinSpaces } from '../space/join.ts';
import { adaptParams, overrideSpace } from '../space/overrides.ts';
import { ArchitectureSearch, architectureLearner, architectureSpace } from './architecture-search.ts';
import { mitigationParameter, mitigations } from './fair-fit.ts';
import type { FirstConfiguration } from './first-configuration.ts';
import { allLearners, learnerNamed } from './learners.ts';
import { scriptSpace } from './script/script-space.ts';

export interface ExperimentSpace {
  readonly space: Space;
  /** One configuration a learner that is tried before anything else: the baseline first, then the cheap ones. */
  readonly firsts: readonly FirstConfiguration[];
  readonly architectures: ArchitectureSearch | null;
}

/** The search space of an experiment over such data: all its learners, with what the person wants otherwise. */
export async function experimentSpace(experiment: Experiment, info: DatasetInfo | null): Promise<ExperimentSpace> {
  if (experiment.script) return { ...scriptSpace(experiment.script, experiment.forbidden), architectures: null };
  if (!info) throw new RangeError('learners need data');
  const learners = await chosenLearners(experiment, info);
  const unused = Object.keys(experiment.space).find((name) => !learners.some((learner) => learner.name === name));
  if (unused)
    throw new UserError('space-unused', `\`space\` speaks of "${unused}", which is not among the learners.`, {
      advice: 'Add it to `learners`, or take it out of `space`.',
    });
  if (experiment.data?.balance && !learners.some((learner) => hasBalance(learner.optional?.(info))))
    throw nothingToBalance(info);
  const spaces = learners.map((learner) => [learner, ownSpace(learner, experiment, info)] as const);
  const space = joinSpaces(Object.fromEntries(spaces.map(([{ name }, own]) => [name, own])), experiment.forbidden);
  // Whoever names learners names them in an order.
  const inOrder = experiment.learners ? spaces : spaces.toSorted(([a], [b]) => placeOf(a) - placeOf(b));
  const defaults = inOrder.map(([learner, own]) => ({
    params: joinParams(learner.name, adaptParams(own, learner.defaults(info))),
    words:
      learner.name === 'constant'
        ? `${learner.title}: what every other trial must beat.`
        : `The default configuration of ${learner.title.toLowerCase()}.`,
  }));
  const twins = reweightedTwins(inOrder, info, experiment.mitigation.reweight);
  const firsts = [
    ...defaults,
    ...twins,
    ...(experiment.search.sampler === 'auto' ? portfolioOf(spaces, info, defaults) : []),
  ];
  return {
    space,
    // A person who forbids a default means it.
    firsts: firsts.filter(({ params }) => !isForbidden(space, params)),
    architectures: architecturesOf(experiment, spaces),
  };
}

const placeOf = ({ name }: Learner): number =>
  defaultsOrder.includes(name) ? defaultsOrder.indexOf(name) : defaultsOrder.length;

/** What did well on other tables, of these learners, moved inside what the person wants of their spaces. */
function portfolioOf(
  spaces: readonly (readonly [Learner, Space])[],
  info: DatasetInfo,
  defaults: readonly FirstConfiguration[],
): FirstConfiguration[] {
  const tried = new Set(defaults.map(({ params }) => configurationKey(params)));
  return portfolio.flatMap(({ learner: name, params, words, suits }) => {
    const [learner, own] = spaces.find(([{ name: candidate }]) => candidate === name) ?? [];
    if (!learner || !own || suits?.(info) === false) return [];
    const joined = joinParams(name, adaptParams(own, { ...learner.defaults(info), ...params }));
    const key = configurationKey(joined);
    if (tried.has(key)) return [];
    tried.add(key);
    return [
      {
        params: joined,
        words: `${learner.title} with ${words}: it did well on other tables.`,
        from: 'portfolio' as const,
      },
    ];
  });
}

function architecturesOf(
  { nas }: Experiment,
  spaces: readonly (readonly [Learner, Space])[],
): ArchitectureSearch | null {
  if (nas === 'none') return null;
  const searched = spaces.find(([{ name }]) => name === architectureLearner);
  if (searched)
    return new ArchitectureSearch(
      nas,
      searched[1],
      spaces.map(([{ name }]) => name),
    );
  throw new UserError(
    'nas-learner',
    `\`nas: ${nas}\` searches the layers of ${architectureLearner}, which is not among the learners.`,
    {
      advice: `Add ${architectureLearner} to \`learners\`, or take \`nas\` out.`,
    },
  );
}

function ownSpace(learner: Learner, { space, nas, data, mitigation }: Experiment, info: DatasetInfo): Space {
  const whole = withMitigation(learner, learner.space(info), mitigation.reweight, info);
  const own = nas !== 'none' && learner.name === architectureLearner ? architectureSpace(whole) : whole;
  const optional = learner.optional?.(info);
  const override = withBalance(space[learner.name], data?.balance, optional);
  return override ? overrideSpace(learner.name, own, override, optional) : own;
}

/** What is said of a learner itself goes before what is said of all. */
function withBalance(
  override: SpaceOverride | undefined,
  balance: Balance | undefined,
  optional: readonly Parameter[] | undefined,
): SpaceOverride | undefined {
  const { fixed, searched } = override ?? { fixed: {}, searched: {} };
  if (!balance || 'balance' in fixed || 'balance' in searched) return override;
  return hasBalance(optional) ? { searched, fixed: { ...fixed, balance } } : override;
}

const hasBalance = (optional: readonly Parameter[] = []): boolean => optional.some(({ name }) => name === 'balance');

const nothingToBalance = ({ task, target }: DatasetInfo) =>
  new UserError(
    'balance-even',
    task === 'regression'
      ? `\`balance\` is for classes, and "${target}" is a number.`
      : `the classes of "${target}" are of about the same size: there is nothing to balance.`,
    { advice: 'Take `balance` out of `data`.' },
  );

/** A baseline that sees no column is as fair as it can be. */
function withMitigation(
  { name }: Learner,
  space: Space,
  reweight: Experiment['mitigation']['reweight'],
  { classes }: DatasetInfo,
): Space {
  if (reweight === 'never' || !classes || name === 'constant') return space;
  const choices = reweight === 'always' ? ['reweight'] : mitigations;
  const parameter: Parameter = { name: mitigationParameter, distribution: { type: 'categorical', choices } };
  return { ...space, parameters: [...space.parameters, parameter] };
}

/** Where the search may reweight, each default is tried so too, behind the defaults as they are. */
function reweightedTwins(
  spaces: readonly (readonly [Learner, Space])[],
  info: DatasetInfo,
  reweight: Experiment['mitigation']['reweight'],
): FirstConfiguration[] {
  if (reweight !== 'searched') return [];
  return spaces.flatMap(([learner, own]) =>
    own.parameters.some(({ name }) => name === mitigationParameter)
      ? [
          {
            params: joinParams(
              learner.name,
              adaptParams(own, { ...learner.defaults(info), [mitigationParameter]: 'reweight' }),
            ),
            words: `The default configuration of ${learner.title.toLowerCase()}, on rows weighted so that groups and classes are independent.`,
          },
        ]
      : [],
  );
}

const isByDefault = ({ byDefault }: Learner['tags'], info: DatasetInfo): boolean =>
  typeof byDefault === 'function' ? byDefault(info) : byDefault;

/** Those of the file, or all that suit the task; the constant baseline always runs once. */
async function chosenLearners({ learners: named }: Experiment, info: DatasetInfo): Promise<Learner[]> {
  const { task } = info;
  const features = info.columns.filter(({ role }) => role === 'feature');
  const all = await allLearners();
  const baseline = all.find(({ name }) => name === 'constant');
  const chosen = named
    ? await Promise.all(named.map(learnerNamed))
    : all.filter(({ tags }) => isByDefault(tags, info) && tags.tasks.includes(task) && suitsColumns(tags, features));
  const unfit = chosen.find(({ tags }) => !tags.tasks.includes(task));
  if (unfit) {
    throw new UserError('learner-task', `the learner "${unfit.name}" does not do ${task} tasks.`, {
      advice: `It does: ${unfit.tags.tasks.join(', ')}. Take it out of \`learners\`, or set \`task\`.`,
    });
  }
  const blind = chosen.find(({ tags }) => !suitsColumns(tags, features));
  if (blind) throw lacksColumn(blind.name, blind.tags);
  return baseline && !chosen.includes(baseline) ? [baseline, ...chosen] : chosen;
}
