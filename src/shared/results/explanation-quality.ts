import { countWords, linesWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** A figure of an explanation beside that of random explanations of the same row. */
export interface Judged {
  readonly value: number;
  /** Mean of the random ones. */
  readonly random: number;
  /** Share of the random ones that are at least as good, this one counted among them. */
  readonly asGood: number;
}

export type JudgedMethod = 'occlusion' | 'local-surrogate' | 'kernel-shap' | 'tree-shap';

/** What is known of one way to explain the row; null where it cannot be measured, absent where time ended before. */
export interface MethodQuality {
  readonly method: JudgedMethod;
  /** Columns that it says matter most, strongest first. */
  readonly strongest: readonly string[];
  /** Correlation of what columns are said to add with what the prediction loses without them. */
  readonly faithfulness?: Judged | null;
  /** Mean prediction while columns are taken away, the strongest first: low is good. */
  readonly deletion?: Judged | null;
  /** Mean prediction while columns are given, the strongest first: high is good. */
  readonly insertion?: Judged | null;
  /** Largest change of the explanation, as a share of its size, among rows nearby: low is good. */
  readonly sensitivity?: Judged | null;
  /** Share of its strongest columns that another seed names too. */
  readonly stability?: Judged | null;
}

/** Two methods about the same row. */
export interface Agreement {
  readonly methods: readonly [JudgedMethod, JudgedMethod];
  /** Share of the strongest columns that both name, with the same sign. */
  readonly signs: Judged;
  /** Share of the strongest columns that both name at the same place. */
  readonly places: Judged;
}

/** How good the explanations of one row are, each beside random ones. */
export interface ExplanationQuality extends Result<'explanation-quality'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  readonly class?: string;
  /** 'probability of Adelie', 'charges' */
  readonly unit: string;
  readonly prediction: number;
  /** Mean prediction of the background rows: where no column is the row's own. */
  readonly base: number;
  readonly methods: readonly MethodQuality[];
  readonly agreements: readonly Agreement[];
  /** Strongest columns that are compared. */
  readonly top: number;
  /** Columns that are judged, and how many there are; the others keep the row's own values. */
  readonly columns: number;
  readonly columnsAvailable: number;
  readonly background: { readonly rows: number; readonly available: number };
  /** Column sets that are left out for the faithfulness. */
  readonly subsets: number;
  /** Rows nearby behind the sensitivity. */
  readonly nearby: number;
}

export const methodTitles: Readonly<Record<JudgedMethod, string>> = {
  occlusion: 'Occlusion',
  'local-surrogate': 'Local surrogate (LIME)',
  'kernel-shap': 'Kernel SHAP',
  'tree-shap': 'Tree SHAP',
};

/** Up to this share of random explanations may be as good. */
const chance = 0.05;
export const beatsChance = (judged: Judged | null | undefined): boolean => judged != null && judged.asGood <= chance;

/** 'better than a random explanation (5 % of them are as good)' */
export function verdictWords(judged: Judged): string {
  const share = `${percentWords(judged.asGood)} of random explanations are as good`;
  return beatsChance(judged) ? `better than chance: ${share}` : `not clearly better than chance: ${share}`;
}

/** The most faithful of the methods; undefined where none could be judged. */
export const mostFaithful = ({ methods }: Pick<ExplanationQuality, 'methods'>): MethodQuality | undefined =>
  methods
    .filter(({ faithfulness }) => faithfulness != null)
    .toSorted((a, b) => b.faithfulness!.value - a.faithfulness!.value)[0];

export const qualityBasisWords = (result: ExplanationQuality): string =>
  `Columns that are taken away get the values of ${countWords(result.background.rows, 'background row')} of ${countWords(result.background.available, 'training row')}${
    result.columns < result.columnsAvailable
      ? `; only the ${numberWords(result.columns)} columns of ${numberWords(result.columnsAvailable)} that move this prediction most are judged`
      : ''
  }. Random explanations have the same numbers, dealt to the columns at random.`;

export function explanationQualityWords(result: ExplanationQuality): string {
  const { methods, agreements, top } = result;
  return linesWords([
    result.partial ?? false,
    `Row ${result.rowIndex}, ${result.unit} ${numberWords(result.prediction)} (${numberWords(result.base)} where no column is known).`,
    result.quality.words,
    ...methods.map(methodWords),
    ...agreements.map(
      ({ methods: [a, b], signs }) =>
        `${methodTitles[a]} and ${methodTitles[b]} share ${percentWords(signs.value, 0)} of their ${countWords(top, 'strongest column')} and their signs (random ones ${percentWords(signs.random, 0)}).`,
    ),
    qualityBasisWords(result),
  ]);
}

function methodWords({ method, strongest, ...own }: MethodQuality): string {
  const figure = (name: string, judged: Judged | null | undefined) =>
    judged ? [`${name} ${numberWords(judged.value, 2)} (random ${numberWords(judged.random, 2)})`] : [];
  const figures = [
    ...figure('faithfulness', own.faithfulness),
    ...figure('deletion', own.deletion),
    ...figure('insertion', own.insertion),
    ...figure('largest change nearby', own.sensitivity),
    ...figure('the same with another seed', own.stability),
  ];
  const first = strongest.length > 0 ? `${strongest.join(', ')} first` : 'no column';
  return `${methodTitles[method]} (${first}): ${figures.length > 0 ? figures.join(', ') : 'not judged'}.`;
}
