import { changeWords, countWords, intervalWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import { edgeWords, type ReadCondition } from './read-condition.ts';
import type { Interval, Result } from './result.ts';

/** What one weight of a linear model adds, told in raw columns. */
export interface ToldWeight {
  /** 'age', 'color is "red"', 'income is missing', 'age x income' */
  readonly label: string;
  readonly columns: readonly string[];
  /** Of a number: two values that most rows lie between; what it adds is the difference from the first to the second. */
  readonly between?: {
    readonly from: number;
    readonly to: number;
    readonly date?: boolean;
    /** On the model's own scale: the column was made, and bent after that. */
    readonly bent?: boolean;
  };
  /** [scores]: of a number from `between.from` to `between.to`, of a level beside the average row. */
  readonly adds: readonly number[];
  /** [scores] standard errors; absent where none can be told honestly. */
  readonly error?: readonly number[];
  /** Of a number: whether each unit of it adds the same, so that `adds` divided by the way between is its coefficient. */
  readonly straight?: boolean;
}

export interface WeightsShape {
  readonly kind: 'weights';
  /** [scores]: the score where every number is at its middle and no level is known. */
  readonly intercept: readonly number[];
  /** [scores]: the score where every number is 0; only where all are straight. */
  readonly atZero?: readonly number[];
  /** Largest first. */
  readonly terms: readonly ToldWeight[];
  /** Smaller ones that are only counted, and the largest of what they add; weights of exactly 0 besides. */
  readonly further: { readonly count: number; readonly largest: number };
  readonly zeros: number;
  /** By which reckoning the errors came, or why there are none. */
  readonly intervals: string;
}

export interface ToldNode {
  /** What rows of the branch 'yes' fulfil; absent of a leaf. */
  readonly split?: {
    readonly words: string;
    /** The same for programs; absent in older results. */
    readonly test?: ReadCondition;
    readonly yes: number;
    readonly no: number;
  };
  /** Training rows. */
  readonly rows: number;
  /** [classes] probabilities, or [1] the value. */
  readonly prediction: readonly number[];
  /** Leaves below that are not drawn. */
  readonly folded?: number;
}

export interface TreeShape {
  readonly kind: 'tree';
  /** Node 0 is the root; children stand after their parents. */
  readonly nodes: readonly ToldNode[];
  /** Of the whole tree. */
  readonly leaves: number;
  readonly depth: number;
  /** Drawn to this depth. */
  readonly drawnDepth: number;
  /** The drawn node that each row of the part ends in, as far as rows are told; -1: not of the cohort. */
  readonly endOfRow: readonly number[];
}

export interface ToldRule {
  /** 'If age > 38.5 and color is "red" or "blue": +1.2 for "yes".' */
  readonly text: string;
  /** [scores] */
  readonly adds: readonly number[];
  /** Share of the rows looked at for which it holds, and the model's mean prediction of those, [classes] or [1]; null of none. */
  readonly coverage: number;
  readonly mean: readonly number[] | null;
  /** Rows of the part for which it holds, four a hexadecimal digit, the first in its lowest bit; as far as rows are told. */
  readonly holds: string;
}

export interface RulesShape {
  readonly kind: 'rules';
  /** 'Begin with 2.01.' */
  readonly begin: string;
  readonly rules: readonly ToldRule[];
}

export interface ToldWitness {
  readonly column: string;
  /** Mean distance of the classes' scores that it makes. */
  readonly weight: number;
  readonly cells: readonly {
    /** 'mean', 'deviation', 'from 3 to below 5', '"red"' */
    readonly words: string;
    /** [classes] in the column's unit, or shares. */
    readonly values: readonly number[];
  }[];
  readonly inShares: boolean;
  /** Cells that are not told for want of room. */
  readonly further: number;
}

export interface WitnessesShape {
  readonly kind: 'witnesses';
  /** [classes] */
  readonly priors: readonly number[];
  readonly power: number;
  /** The one that tells most first. */
  readonly columns: readonly ToldWitness[];
  readonly further: number;
}

export interface ConstantShape {
  readonly kind: 'constant';
  readonly prediction: readonly number[];
}

/** A model that a person can follow whole, in the words of the raw columns. */
export interface ModelReading extends Result<'model-reading'> {
  /** What a score is: 'log odds of yes', 'charges'. */
  readonly unit: string;
  /** The class of each score, where there are several. */
  readonly scores?: readonly string[];
  /** In the order of the probabilities; absent for values. */
  readonly classes?: readonly string[];
  readonly target: string;
  readonly rows: number;
  readonly shape: WeightsShape | TreeShape | RulesShape | WitnessesShape | ConstantShape;
  /** Columns of the shape that the preparation made or changed, in words. */
  readonly made: readonly { readonly column: string; readonly words: string }[];
}

/** Two-sided 95 %. */
const normal95 = 1.96;

/** The 95 % interval of what a weight adds to one score; undefined where it is not known. */
export function weightInterval({ adds, error }: ToldWeight, score: number): Interval | undefined {
  if (!error) return undefined;
  return { low: adds[score] - normal95 * error[score], high: adds[score] + normal95 * error[score] };
}

/** 'from 23 to 61' */
export const betweenWords = ({ from, to, date = false, bent }: NonNullable<ToldWeight['between']>): string =>
  `from ${edgeWords(from, date)} to ${edgeWords(to, date)}${bent ? ' on a bent scale' : ''}`;

/** What one unit of a number adds, on average over `between`; dates are told a day. */
export function perUnit({ between, adds }: ToldWeight, score: number): number | undefined {
  if (!between || between.bent || between.to === between.from) return undefined;
  const way = (between.to - between.from) / (between.date ? 86_400_000 : 1);
  return adds[score] / way;
}

export const ruleHolds = ({ holds }: ToldRule, row: number): boolean =>
  ((Number.parseInt(holds[row >> 2] ?? '0', 16) >> (row & 3)) & 1) === 1;

/** Stands where a row's end would, of rows that were not looked at. */
export const untold = -1;

/** Nodes from the root to where a row ends, the root first; none where the row is not told. */
export function pathOfRow({ nodes, endOfRow }: TreeShape, row: number): number[] {
  const end = endOfRow[row] ?? untold;
  if (end === untold) return [];
  const parents = new Map(
    nodes.flatMap(({ split }, node) => (split ? [[split.yes, node] as const, [split.no, node] as const] : [])),
  );
  const path = [end];
  for (let node = parents.get(end); node !== undefined; node = parents.get(node)) path.unshift(node);
  return path;
}

/** 'yes 82 %', '4.31' */
export function predictionWords(prediction: readonly number[], classes: readonly string[] | undefined): string {
  if (!classes) return numberWords(prediction[0]);
  const best = prediction.indexOf(Math.max(...prediction));
  return `${classes[best]} ${percentWords(prediction[best], 0)}`;
}

const told = 5;
const toldRules = 20;

export function modelReadingWords(result: ModelReading): string {
  return linesWords([...shapeLines(result), madeWords(result), result.quality.words]);
}

const madeWords = ({ made }: ModelReading): string | false => {
  if (made.length === 0) return false;
  const more = made.length > told ? `; and ${countWords(made.length - told, 'further column')}` : '';
  return `Columns that are not as they are in the data: ${made
    .slice(0, told)
    .map(({ words }) => words)
    .join('; ')}${more}.`;
};

function shapeLines(result: ModelReading): (string | false)[] {
  const { shape } = result;
  switch (shape.kind) {
    case 'weights':
      return weightsLines(result, shape);
    case 'tree':
      return treeLines(result, shape);
    case 'rules':
      return rulesLines(result, shape);
    case 'witnesses':
      return witnessesLines(result, shape);
    case 'constant':
      return [`The model predicts the same for every row: ${allWords(shape.prediction, result.classes)}.`];
  }
}

const allWords = (prediction: readonly number[], classes: readonly string[] | undefined): string =>
  classes ? listWords(classes.map((name, k) => `${name} ${percentWords(prediction[k])}`)) : numberWords(prediction[0]);

function weightsLines({ unit, scores }: ModelReading, shape: WeightsShape): (string | false)[] {
  const count = shape.terms.length + shape.further.count;
  const base = scores
    ? `a number for each of ${countWords(scores.length, 'class', 'classes')}`
    : numberWords(shape.intercept[0]);
  return [
    `The model adds up ${countWords(count, 'weighted input')} and ${base}, in ${unit}.`,
    shape.terms.length > 0 &&
      `The largest: ${shape.terms
        .slice(0, told)
        .map((term) => weightWords(term, scores))
        .join('; ')}.`,
    shape.further.count > 0 &&
      `Not listed: ${countWords(shape.further.count, 'smaller weight')}, each adding at most ${numberWords(shape.further.largest)}.`,
    shape.zeros > 0 && `${countWords(shape.zeros, 'weight')} of exactly 0 besides.`,
    shape.intervals,
  ];
}

/** 'age adds +0.82 (0.61 to 1.03) from 23 to 61, +0.0216 a unit' */
export function weightWords(term: ToldWeight, scores: readonly string[] | undefined): string {
  const largest = term.adds.reduce((best, value, k) => (Math.abs(value) > Math.abs(term.adds[best]) ? k : best), 0);
  const interval = weightInterval(term, largest);
  const range = interval ? ` (${intervalWords(interval)})` : '';
  const unit = perUnit(term, largest);
  const way = term.between ? ` ${betweenWords(term.between)}` : '';
  const each =
    unit === undefined
      ? ''
      : `, ${changeWords(unit)} a ${term.between?.date ? 'day' : 'unit'}${term.straight ? '' : ' on average'}`;
  return `${term.label} adds ${changeWords(term.adds[largest])}${range}${scores ? ` for ${scores[largest]}` : ''}${way}${each}`;
}

function treeLines({ classes }: ModelReading, shape: TreeShape): (string | false)[] {
  const { nodes, leaves, depth, drawnDepth } = shape;
  const folded = nodes.reduce((sum, node) => sum + (node.folded ?? 0), 0);
  const { split } = nodes[0];
  const largest = nodes
    .map((node, i) => ({ node, i }))
    .filter(({ node }) => !node.split)
    .sort((a, b) => b.node.rows - a.node.rows)
    .slice(0, told);
  return [
    split
      ? `The model is a tree of ${countWords(leaves, 'leaf', 'leaves')}, which asks at most ${countWords(depth, 'question')}; the first: ${split.words}?`
      : `The model is a tree without a question: every row is predicted ${predictionWords(nodes[0].prediction, classes)}.`,
    folded > 0 && `Drawn to depth ${drawnDepth}: ${countWords(folded, 'leaf', 'leaves')} farther down are folded in.`,
    split !== undefined &&
      `Where most training rows end: ${largest
        .map(
          ({ node, i }) =>
            `${wayWords(shape, i)}: ${predictionWords(node.prediction, classes)} (${countWords(node.rows, 'row')})`,
        )
        .join('; ')}.`,
  ];
}

/** 'age <= 38 and not color is "red"' */
function wayWords({ nodes }: TreeShape, end: number): string {
  const words: string[] = [];
  for (let node = end; node > 0; ) {
    const parent = nodes.findIndex(({ split }) => split?.yes === node || split?.no === node);
    const { split } = nodes[parent];
    words.unshift(split!.yes === node ? split!.words : `not ${split!.words}`);
    node = parent;
  }
  return words.join(' and ');
}

function rulesLines({ rows }: ModelReading, { begin, rules }: RulesShape): (string | false)[] {
  return [
    `The model begins with a number and adds what ${countWords(rules.length, 'rule')} say${rules.length === 1 ? 's' : ''}.`,
    begin,
    ...rules
      .slice(0, toldRules)
      .map(
        ({ text, coverage }, i) =>
          `${i + 1}. ${text} Holds for ${percentWords(coverage)} of ${countWords(rows, 'row')}.`,
      ),
    rules.length > toldRules && `${countWords(rules.length - toldRules, 'further rule')} in the table.`,
  ];
}

function witnessesLines(
  { classes }: ModelReading,
  { priors, power, columns, further }: WitnessesShape,
): (string | false)[] {
  return [
    `The model begins with how frequent the classes are (${allWords(priors, classes)}) and lets ${countWords(columns.length + further, 'column')} speak, each by itself${power < 1 ? `, as ${numberWords(power)} of a witness` : ''}.`,
    columns.length > 0 && `Those that tell most: ${listWords(columns.slice(0, told).map(({ column }) => column))}.`,
    further > 0 && `Not listed: ${countWords(further, 'further column')}.`,
  ];
}
