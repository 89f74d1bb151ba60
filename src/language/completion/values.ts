import { type Takes, takesKeyword } from '../../shared/experiment/schema.ts';
import { type MetricInfo, type MetricName, metrics } from '../../shared/metrics.ts';
import type { Value } from '../../shared/space.ts';
import { distributionText, learnerIn, learnerWords, parameterIn, parameterWords } from '../catalog-words.ts';
import { columnDetail, columnWords } from '../column-words.ts';
import { columnsOf } from '../context.ts';
import { possibleTasks } from '../possible-tasks.ts';
import { scalarText } from '../scalar.ts';
import { defaultText } from '../schema/describe.ts';
import { type Form, formsAt, formsOf, schemasAt } from '../schema/forms.ts';
import type { Path } from '../source.ts';
import { spaceEntries, spacePlace, valuesOf } from '../space-entries.ts';
import { textAt, textsAt } from '../texts.ts';
import { distributionBody, inlineList, inlineMapping } from './bodies.ts';
import { type Completion, type CompletionInput, type Offer, offered } from './completion.ts';
import { fairnessOffers } from './fairness.ts';

const examples: Readonly<Partial<Record<Takes, readonly string[]>>> = {
  duration: ['60s', '10m', '1h'],
  energy: ['5Wh', '20Wh', '0.5kWh'],
  mass: ['5g', '10g', '100g'],
  money: ['0.10 EUR', '0.10 USD'],
  price: ['0.25 EUR/kWh', '0.15 USD/kWh'],
  bytes: ['1GB', '2GB', '4GB'],
  constraint: ['model_size <= 1MB', 'latency <= 2ms', 'energy <= 0.1Wh', 'robustness >= 0.7'],
};

/** Texts beside the cursor in the same list. */
const siblings = ({ cursor: { source } }: CompletionInput, path: Path): string[] =>
  typeof path[path.length - 1] === 'number' ? textsAt(source, path.slice(0, -1)).map(({ text }) => text) : [];

function columns(input: CompletionInput, path: Path): Offer[] {
  const { context, cursor } = input;
  const target = path[1] === 'target' ? undefined : textAt(cursor.source, ['data', 'target'])?.text;
  const taken = [...siblings(input, path), target];
  return (columnsOf(context.columns) ?? [])
    .filter(({ name }) => !taken.includes(name))
    .map((column) => ({
      label: column.name,
      kind: 'column',
      detail: columnDetail(column),
      documentation: columnWords(column),
      body: scalarText(column.name),
    }));
}

const plainOffers = (labels: readonly string[] = []): Offer[] => labels.map((label) => ({ label, kind: 'value' }));

/** One of a closed list; undefined where it does not suit the task or stands in the list already. */
function listed(input: CompletionInput, value: Value, path: Path): Offer | undefined {
  const label = String(value);
  const { context, cursor } = input;
  const tasks = possibleTasks({ source: cursor.source, context });
  if (siblings(input, path).includes(label)) return undefined;
  if (path[0] === 'objectives' && Object.hasOwn(metrics, label)) {
    const info: MetricInfo = metrics[label as MetricName];
    if (!info.tasks.some((task) => tasks.includes(task))) return undefined;
    return { label, kind: 'metric', detail: `${info.title}, ${info.direction}`, documentation: info.words };
  }
  if (path[0] !== 'learners' || path.length === 1) return { label, kind: 'value', body: scalarText(value) };
  const learner = learnerIn(context, label);
  if (learner && !tasks.some((task) => learner.tasks.includes(task))) return undefined;
  return { label, kind: 'learner', detail: learner?.title, documentation: learner && learnerWords(learner) };
}

function ofForm(input: CompletionInput, form: Form, path: Path): readonly (Offer | undefined)[] {
  const closed = form.enum ?? (form.const === undefined ? undefined : [form.const]);
  if (closed) return closed.map((value) => listed(input, value, path));
  const takes = form[takesKeyword];
  if (takes === 'column') return columns(input, path);
  if (takes === 'data-file')
    return (input.context.dataFiles ?? []).map((label) => ({ label, kind: 'value', body: scalarText(label) }));
  if (takes === 'constraint') return [...plainOffers(examples.constraint), ...fairnessOffers(input)];
  if (takes) return (examples[takes] ?? []).map((label) => ({ label, kind: 'value' }));
  if (form.type === 'boolean') return ['true', 'false'].map((label) => ({ label, kind: 'value' }));
  const body = form.type === 'array' ? inlineList(form) : form.type === 'object' ? inlineMapping(form) : undefined;
  if (body === undefined) return [];
  const label = body.replace(/\$\{\d:(\w+)\}|\$\d/g, (_, word) => word ?? '...');
  return [{ label, kind: 'snippet', body: body, snippet: true, suggestAgain: true }];
}

/** Values that a hyperparameter is known to take, where single values are asked for: in `choice`, `ordinal`, `value` and `when`. */
function known({ context, cursor }: CompletionInput, path: Path): Offer[] {
  const place = spacePlace(path);
  const learner = place?.learner;
  const [own, form, wanted] = place?.rest ?? [];
  if (!place || !['choice', 'ordinal', 'value', 'when'].includes(String(form))) return [];
  const name = form === 'when' ? wanted : own;
  const written = spaceEntries(cursor.source).find(
    (entry) => entry.learner === learner && entry.name === name,
  )?.written;
  const usual = parameterIn(context, learner, name)?.distribution;
  const values =
    (form === 'when' && written && valuesOf(written)) || (usual && 'choices' in usual ? usual.choices : []);
  const taken = form === 'choice' || form === 'ordinal' ? siblings({ context, cursor }, path) : [];
  return values
    .filter((value) => !taken.includes(String(value)))
    .map((value) => ({ label: String(value), kind: 'value', body: scalarText(value) }));
}

/** At `space.LEARNER.NAME`: what the learner has by default. */
function usualDistribution({ context }: CompletionInput, path: Path): Offer[] {
  const parameter = path[0] === 'space' && path.length === 3 ? parameterIn(context, path[1], path[2]) : undefined;
  if (!parameter) return [];
  const { distribution } = parameter;
  const label = distributionText(distribution);
  const documentation = parameterWords(parameter, learnerIn(context, path[1])?.defaults[parameter.name]);
  return [
    {
      label,
      kind: 'hyperparameter',
      detail: 'default',
      documentation,
      body: distributionBody(distribution),
      snippet: true,
    },
  ];
}

/** The default, where no closed list holds it already. */
function usualValue(path: Path, offers: readonly Offer[]): Offer[] {
  const label = defaultText(schemasAt(path)[0]);
  return label === undefined || offers.some((offer) => offer.label === label)
    ? []
    : [{ label, kind: 'value', detail: 'default' }];
}

function offersAt(input: CompletionInput, path: Path, forms: readonly Form[]): Offer[] {
  const values = known(input, path);
  // Where the values are known, true and false are none of them.
  const open = values.length > 0 ? forms.filter(({ type }) => type !== 'boolean') : forms;
  const offers = open.flatMap((form) => ofForm(input, form, path)).filter((offer) => offer !== undefined);
  const special = [...usualDistribution(input, path), ...values];
  const all = [...special, ...usualValue(path, [...special, ...offers]), ...offers];
  return all.filter(({ label }, i) => all.findIndex((other) => other.label === label) === i);
}

/** What can stand as the value at the cursor. */
export const valueCompletions = (input: CompletionInput): Completion[] =>
  offersAt(input, input.cursor.path, formsAt(input.cursor.path)).map((offer) => offered(input, offer));

/** On a fresh line below a key that takes no mapping: its values, and the items of a list behind a dash. */
export function freshLineCompletions(input: CompletionInput): Completion[] {
  const { path, inline } = input.cursor;
  const forms = formsAt(path).filter(({ type }) => type !== 'object');
  const plain = forms.filter(({ type }) => type !== 'array');
  const values = offersAt(input, path, plain).map((offer) => offered(input, offer));
  if (inline) return values;
  const items = forms.flatMap(({ items: item }) => (item && !Array.isArray(item) ? formsOf(item as Form) : []));
  return [...values, ...offersAt(input, [...path, 0], items).map((offer) => offered(input, offer, '- '))];
}
