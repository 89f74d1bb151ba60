import { parseConstraint } from '../shared/experiment/constraint.ts';
import {
  bytesWords,
  durationWords,
  energyWords,
  massWords,
  moneyWords,
  parseBytes,
  parseDuration,
  parseEnergy,
  parseMass,
  parseMoney,
  parsePrice,
  priceWords,
  type Reading,
} from '../shared/experiment/quantity.ts';
import { type Takes, takesKeyword } from '../shared/experiment/schema.ts';
import { type MetricName, metricInfo, metrics } from '../shared/metrics.ts';
import { learnerIn, learnerWords, parameterIn, parameterWords } from './catalog-words.ts';
import { columnWords } from './column-words.ts';
import { columnsOf, type ProviderContext } from './context.ts';
import type { Position, Range } from './diagnostic.ts';
import { describe } from './schema/describe.ts';
import { formsAt } from './schema/forms.ts';
import { placesIn } from './schema/places.ts';
import { pathWords } from './schema/words.ts';
import { type Path, Source } from './source.ts';
import { type Spot, spotAt } from './spot.ts';

export interface Hover {
  readonly range: Range;
  /** Markdown. */
  readonly contents: string;
}

const read = <T>(reading: Reading<T>, words: (value: T) => string): string | undefined =>
  reading.ok ? words(reading.value) : undefined;

/** An amount as Vitrine understood it, in the unit that it counts in. */
const amounts: Readonly<Partial<Record<Takes, (text: string) => string | undefined>>> = {
  duration: (text) => read(parseDuration(text), (seconds) => `${durationWords(seconds)} (${seconds} seconds)`),
  energy: (text) =>
    read(parseEnergy(text), (wattHours) => `${energyWords(wattHours)} (${(wattHours * 3600).toPrecision(3)} joules)`),
  mass: (text) => read(parseMass(text), massWords),
  money: (text) => read(parseMoney(text), moneyWords),
  price: (text) => read(parsePrice(text), priceWords),
  bytes: (text) => read(parseBytes(text), (count) => `${bytesWords(count)} (${count} bytes)`),
};

function columnHover({ value }: Spot, context: ProviderContext): string | undefined {
  const column = columnsOf(context.columns)?.find(({ name }) => name === String(value));
  return column && columnWords(column);
}

function parameterHover({ path, value }: Spot, context: ProviderContext): string | undefined {
  const learner = path[1];
  const parameter = parameterIn(context, learner, value);
  return parameter && parameterWords(parameter, learnerIn(context, learner)?.defaults[parameter.name]);
}

/** What is known of the thing that the text names. */
function namedHover(spot: Spot, source: Source, context: ProviderContext): string | undefined {
  const place = placesIn(source.value).find(
    ({ path, at }) => at === spot.kind && pathWords(path) === pathWords(spot.path),
  );
  if (place?.takes === 'column') return columnHover(spot, context);
  if (place?.takes === 'hyperparameter') return parameterHover(spot, context);
  if (spot.kind === 'key' && !(spot.path[0] === 'space' && spot.path.length === 2)) return undefined;
  const learner = ['learners', 'space'].includes(String(spot.path[0])) ? learnerIn(context, spot.value) : undefined;
  if (learner) return learnerWords(learner);
  if (spot.path[0] === 'objectives' && Object.hasOwn(metrics, String(spot.value))) {
    const { title, words, direction } = metrics[spot.value as MetricName];
    return `**${title}** (${direction})\n\n${words}`;
  }
  if (spot.path[0] === 'constraints' && typeof spot.value === 'string') return constraintHover(spot.value);
  return undefined;
}

/** What a constraint bounds. */
function constraintHover(text: string): string | undefined {
  const reading = parseConstraint(text);
  if (!reading.ok) return undefined;
  const { title, words } = metricInfo(reading.value.metric);
  return `**${title}**, ${reading.value.bound === '<=' ? 'at most' : 'at least'} ${reading.value.words.split(/[<>]=/)[1].trim()}\n\n${words}`;
}

/** Of a value without a meaning of its own, that of its key. */
function keyHover({ kind, path, value }: Spot): string | undefined {
  const key: Path = typeof path[path.length - 1] === 'number' ? path.slice(0, -1) : path;
  const takes = formsAt(path).find((form) => form[takesKeyword])?.[takesKeyword];
  const amount = kind === 'value' && takes ? amounts[takes]?.(String(value)) : undefined;
  const words = describe(key);
  return words && [`**${pathWords(key)}**${amount ? `: ${amount}` : ''}`, words].join('\n\n');
}

/** What stands at a position; undefined where nothing is known of it. */
export function hover(text: string, position: Position, context: ProviderContext = {}): Hover | undefined {
  const source = new Source(text);
  const spot = spotAt(source, position);
  const contents = spot && (namedHover(spot, source, context) ?? keyHover(spot));
  return contents ? { range: spot.range, contents } : undefined;
}
