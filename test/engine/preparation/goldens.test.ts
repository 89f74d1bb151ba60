import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { crossFittedMeans, targetMeans } from '../../../src/engine/preparation/levels/target-means.ts';
import { mutualInformation } from '../../../src/engine/preparation/selection/mutual-information.ts';
import { components } from '../../../src/engine/preparation/steps/components.ts';
import { learnTerms, termWeights } from '../../../src/engine/preparation/texts/term-weights.ts';
import { alongTopics, learnTopics } from '../../../src/engine/preparation/texts/topics.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { dataset, numeric } from '../learners/toy-data.ts';

interface Goldens {
  readonly targets: readonly {
    kind: string;
    levels: string[];
    y: number[];
    folds: number[];
    cross: number[];
    apply: string[];
    encoded: number[];
  }[];
  readonly tfidf: { texts: string[]; terms: string[]; apply: string[]; weights: number[] };
  readonly svd: { rows: number[][]; singular: number[]; size: number[] };
  readonly pca: { columns: number[][]; shares: number[]; size: number[] };
  readonly information: { x: number[]; y: number[]; nats: number };
}

const goldens: Goldens = JSON.parse(readFileSync(new URL('scikit-learn.golden.json', import.meta.url), 'utf8'));

function assertNear(given: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  assert.equal(given.length, expected.length);
  expected.forEach((value, i) => {
    assert.ok(Math.abs(given[i] - value) < tolerance, `${given[i]}, not ${value} (at ${i})`);
  });
}

for (const { kind, levels, y, folds, cross, apply, encoded } of goldens.targets) {
  it(`target means as scikit-learn's, ${kind}, to 1e-11`, () => {
    const known = [...new Set(levels)];
    const outputs = kind === 'multiclass' ? 3 : 1;
    const truth = new Float64Array(y.length * outputs);
    y.forEach((value, row) => {
      if (outputs === 1) truth[row] = value;
      else truth[row * outputs + value] = 1;
    });
    const codes = Int32Array.from(levels, (level) => known.indexOf(level));
    const rows = { codes, levels: known.length, y: truth, outputs };
    const { means, overall } = targetMeans(rows, 10);
    const of = (level: string) => {
      const place = known.indexOf(level);
      return place < 0 ? [...overall] : [...means.slice(place * outputs, (place + 1) * outputs)];
    };
    assertNear(apply.flatMap(of), encoded, 1e-11);
    assertNear(crossFittedMeans(rows, Uint8Array.from(folds), 5, 10), cross, 1e-11);
  });
}

it("TF-IDF as scikit-learn's, to 1e-11", () => {
  const { texts, terms, apply, weights } = goldens.tfidf;
  const rows = Int32Array.from(texts, (_, row) => row);
  const state = learnTerms({ texts, rows }, { mostTerms: 1000, fewestRows: 2, largestShare: 1 });
  assert.deepEqual(state.terms, terms);
  const dense = apply.flatMap((text) => {
    const { places, values } = termWeights(state)(text);
    const row = new Array<number>(terms.length).fill(0);
    for (let i = 0; i < places.length; i++) row[places[i]] = values[i];
    return row;
  });
  assertNear(dense, weights, 1e-11);
});

it("topics as scikit-learn's truncated SVD, up to signs, to 1e-6", () => {
  const { rows, size } = goldens.svd;
  const sparse = rows.map((row) => ({ places: Uint32Array.from(row.keys()), values: Float64Array.from(row) }));
  const topics = learnTopics(sparse, 25, 4, createRandom(1));
  const along = sparse.slice(0, 5).flatMap((text) => [...alongTopics(text, topics)]);
  assertNear(along.map(Math.abs), size, 1e-6);
});

it("principal components as scikit-learn's, up to signs, to 1e-9", () => {
  const { columns, shares, size } = goldens.pca;
  const named = columns.map((values, j) => numeric(`c${j}`, values));
  const { features, target } = dataset('regression', named, columns[0]);
  const learn = (pca: number) =>
    components.learn({ features, target, need: 'dense', random: createRandom(1) }, { pca })!;
  const table = components.restore(learn(0.999_999_99).state).apply(features);
  const along = Array.from({ length: 5 }, (_, row) =>
    table.columns.map((column) => (column.kind === 'numeric' ? Math.abs(column.values[row]) : Number.NaN)),
  );
  assertNear(along.flat(), size, 1e-9);
  let sum = 0;
  shares.slice(0, -1).forEach((share, i) => {
    sum += share;
    if (sum < 0.5) return;
    const { columns: kept } = components.restore(learn(sum - 1e-6).state).apply(features);
    assert.equal(kept.length, i + 1);
  });
});

it("mutual information as scikit-learn's, to 1e-12", () => {
  const { x, y, nats } = goldens.information;
  const binned = (values: number[], count: number) => ({ bins: Uint8Array.from(values), count });
  assert.ok(Math.abs(mutualInformation(binned(x, 6), binned(y, 3)).nats - nats) < 1e-12);
});
