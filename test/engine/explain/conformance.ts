import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { type Dataset, takeDataset } from '../../../src/engine/data/dataset.ts';
import { record, type Table } from '../../../src/engine/data/table.ts';
import { explainCohort } from '../../../src/engine/explain/explain-cohort.ts';
import type { ExplainData, Explainer, ExplainOptions } from '../../../src/engine/explain/explainer.ts';
import { optionFault, optionsIn } from '../../../src/engine/explain/technique-options.ts';
import { isCombined } from '../../../src/engine/models/combined.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { reasonWords, UserError } from '../../../src/shared/faults.ts';
import type { Result } from '../../../src/shared/results/result.ts';
import { optionRange } from '../../../src/shared/results/technique-option.ts';
import { cheapOptions } from './cheap-options.ts';
import type { Fixture } from './fixtures.ts';

type AnyExplainer = Explainer<ExplainOptions, Result>;

const seedAndRow = { seed: 3, row: 4 };
const optionsOf = ({ kind }: AnyExplainer) => ({ ...cheapOptions.get(kind), ...seedAndRow });

/** The result without the clock, the one thing in it that a seed does not fix. */
const timeless = (result: Result) => ({ ...result, cost: { predictions: result.cost.predictions } });

const noProgress = () => {};
const never = new AbortController().signal;

/** Counts the rows that really reach the model, or its members. */
function spy(predictor: Predictor): { predictor: Predictor; rows: () => number } {
  let rows = 0;
  const counted = <P extends Pick<Predictor, 'predict'>>(one: P): P => ({
    ...one,
    predict(table: Table) {
      rows += table.rowCount;
      return one.predict(table);
    },
  });
  const whole = counted(predictor);
  return {
    rows: () => rows,
    predictor: isCombined(predictor) ? { ...whole, ...{ members: predictor.members.map(counted) } } : whole,
  };
}

const copyOf = (data: ExplainData) => structuredClone(data);

/** Rows of which none stands where a part of its own would have it. */
const ownRows = (rowCount: number) =>
  Uint32Array.from({ length: rowCount }, (_, row) => row).filter((row) => row >= rowCount / 2 && row % 5 !== 0);

/** Told of a cohort, a number is as it is of a part of its own, or the position in the whole of the row that it is a position of. */
function assertMoved(whole: unknown, own: unknown, rows: Uint32Array, path: string): void {
  if (Object.is(whole, own)) return;
  if (typeof whole === 'number' && typeof own === 'number') assert.equal(whole, rows[own], path);
  else if (/\.endOfRow$/.test(path)) assertSpread(whole as number[], own as number[], rows, path);
  else if (/\.holds$/.test(path)) assertSpread(bits(String(whole)), bits(String(own)), rows, path);
  else {
    assert.ok(typeof whole === 'object' && typeof own === 'object' && whole && own, `${path}: ${whole}, ${own}`);
    assert.deepEqual(Object.keys(whole).sort(), Object.keys(own).sort(), path);
    for (const [key, value] of Object.entries(whole))
      assertMoved(value, own[key as keyof typeof own], rows, `${path}.${key}`);
  }
}

const bits = (text: string) =>
  [...text].flatMap((four) => [0, 1, 2, 3].map((at) => (Number.parseInt(four, 16) >> at) & 1));

function assertSpread(whole: readonly number[], own: readonly number[], rows: Uint32Array, path: string): void {
  const told = Math.min(own.length, rows.length);
  const expected = Array.from(rows.subarray(0, told), (row) => whole[row]);
  assert.deepEqual(expected, own.slice(0, told), path);
}

/** Every row that is named is the one whose cells stand beside it: of the cohort, or of the training part. */
function assertNamedRows(told: unknown, data: ExplainData, rows: Uint32Array): void {
  if (typeof told !== 'object' || told === null) return;
  if ('positions' in told && Array.isArray(told.positions))
    assert.ok(
      told.positions.every((row) => rows.includes(row)),
      `positions ${told.positions}`,
    );
  if ('rowIndex' in told && 'row' in told && typeof told.rowIndex === 'number') {
    const { rowIndex, row } = told;
    const isThere = (part: Dataset) => isDeepStrictEqual(record(part.features, rowIndex), row);
    const isOfCohort = rows.includes(rowIndex) && isThere(data.evaluation);
    assert.ok(isOfCohort || isThere(data.train), `row ${rowIndex} is not ${JSON.stringify(row)}`);
  }
  for (const value of Object.values(told)) assertNamedRows(value, data, rows);
}

/** What every explainer promises; each check throws an AssertionError where the promise is broken. */
export const explainerChecks: Readonly<Record<string, (explainer: AnyExplainer, fixture: Fixture) => Promise<void>>> = {
  async 'the same seed gives the same result'(explainer, { predictor, data }) {
    const first = await explainer.explain(predictor, data, optionsOf(explainer), noProgress, never);
    const second = await explainer.explain(predictor, data, optionsOf(explainer), noProgress, never);
    assert.deepEqual(timeless(first), timeless(second));
  },
  async 'survives JSON unchanged'(explainer, { predictor, data }) {
    const result = await explainer.explain(predictor, data, optionsOf(explainer), noProgress, never);
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
  },
  async 'names its kind, question, seed and data'(explainer, { predictor, data }) {
    const result = await explainer.explain(predictor, data, optionsOf(explainer), noProgress, never);
    assert.equal(result.kind, explainer.kind);
    assert.equal(result.question, explainer.question);
    assert.equal(result.seed, seedAndRow.seed);
    assert.equal(result.dataHash, data.evaluation.info.hash);
    assert.ok(result.quality.words.length > 10, 'the quality has no words');
  },
  async 'counts what it cost'(explainer, { predictor, data }) {
    const watched = spy(predictor);
    const result = await explainer.explain(watched.predictor, data, optionsOf(explainer), noProgress, never);
    assert.equal(result.cost.predictions, watched.rows());
    assert.ok(result.cost.seconds > 0);
  },
  async 'progress rises from 0 to 1'(explainer, { predictor, data }) {
    const seen: number[] = [];
    await explainer.explain(predictor, data, optionsOf(explainer), (share) => seen.push(share), never);
    assert.equal(seen.at(-1), 1);
    assert.ok(
      seen.every((share, i) => share >= (seen[i - 1] ?? 0) && share <= 1),
      `progress was ${seen}`,
    );
  },
  async 'stops on the signal'(explainer, { predictor, data }) {
    const controller = new AbortController();
    let calls = 0;
    const slow: Predictor = {
      ...predictor,
      predict(rows) {
        if (++calls === 2) controller.abort();
        return predictor.predict(rows);
      },
    };
    const aborted = { name: 'AbortError' };
    await assert.rejects(
      explainer.explain(predictor, data, optionsOf(explainer), noProgress, AbortSignal.abort()),
      aborted,
    );
    await assert.rejects(explainer.explain(slow, data, optionsOf(explainer), noProgress, controller.signal), aborted);
    assert.ok(calls <= 3, `the model was asked ${calls} times`);
  },
  async 'leaves its inputs as they are'(explainer, { predictor, data }) {
    const before = copyOf(data);
    await explainer.explain(predictor, data, optionsOf(explainer), noProgress, never);
    assert.deepEqual(data, before);
  },
  async 'takes its own usual options, and says what each is'({ options }) {
    const usual = optionsIn(options);
    const standing = usual.filter(({ default: value }) => value !== undefined);
    assert.equal(optionFault(options, Object.fromEntries(standing.map((one) => [one.name, one.default]))), undefined);
    for (const option of usual) {
      assert.match(option.description, /^[A-Z].{8,}\.$/, `${option.name} is not told`);
      assert.match(optionRange(option), /^(an? |lists |rows |')/);
    }
  },
  async 'refuses an option that there is not, or of another type'(explainer, { predictor, data }) {
    const refused = (given: object, words: RegExp) =>
      assert.rejects(explainer.explain(predictor, data, { ...seedAndRow, ...given }, noProgress, never), (error) => {
        assert.ok(error instanceof UserError, `${error}`);
        assert.match(reasonWords(error), words);
        return true;
      });
    await refused({ unheardOf: 1 }, /no option "unheardOf"/);
    for (const { name, type } of optionsIn(explainer.options).slice(0, 3)) {
      await refused({ [`${name}s`]: 1 }, new RegExp(`"${name}s".*Did you mean "${name}"`));
      await refused({ [name]: type === 'object' ? 1 : {} }, new RegExp(`${name} must be .*, not `));
    }
  },
  async 'says of a cohort what it would of a part that holds only its rows'(explainer, { predictor, data }) {
    const rows = ownRows(data.evaluation.features.rowCount);
    const cohort = { conditions: [{ kind: 'rows', positions: [...rows] }] as const, rows };
    const call = { data, options: optionsOf(explainer), progress: noProgress, signal: never };
    if (explainer.scope === 'one row') {
      const asked: ExplainData[] = [];
      const heard = { ...explainer, explain: async (_: Predictor, seen: ExplainData) => asked.push(seen) };
      await explainCohort(heard as unknown as AnyExplainer, predictor, cohort, call);
      assert.deepEqual(asked, [data], 'a row is explained as ever');
      return;
    }
    const { cohort: told, ...whole } = await explainCohort(explainer, predictor, cohort, call);
    assert.deepEqual(told, {
      conditions: cohort.conditions,
      words: `${rows.length} chosen rows`,
      rows: rows.length,
      of: data.evaluation.features.rowCount,
    });
    const part = { ...data, evaluation: takeDataset(data.evaluation, rows) };
    const own = await explainer.explain(predictor, part, optionsOf(explainer), noProgress, never);
    assertMoved(timeless(whole), timeless(own), rows, explainer.kind);
    assertNamedRows(whole, data, rows);
  },
  async 'refuses an empty part'(explainer, { predictor, data }) {
    const nothing = { rowCount: 0, columns: [] };
    const evaluation = { ...data.evaluation, features: nothing, rowIds: new Uint32Array(0) };
    await assert.rejects(
      explainer.explain(predictor, { ...data, evaluation }, optionsOf(explainer), noProgress, never),
      RangeError,
    );
  },
};
