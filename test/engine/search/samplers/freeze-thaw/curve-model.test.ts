import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../../src/engine/random.ts';
import { type CurveData, CurveModel } from '../../../../../src/engine/search/samplers/freeze-thaw/curve-model.ts';
import { describeSpace } from '../../../../../src/engine/space/description.ts';

const space = describeSpace({ x: { float: [0, 1] } });
const end = (x: number) => (x - 0.4) ** 2;
/** Curves that fall to their end as 1 / step, of different lengths. */
function curves(count: number): CurveData[] {
  const random = createRandom(3);
  return Array.from({ length: count }, (_, i) => {
    const x = i / (count - 1);
    const steps = Float64Array.from({ length: 3 + (i % 7) }, (_, k) => (k + 1) / 10);
    return { point: Float64Array.of(x), steps, losses: steps.map((t) => end(x) + 0.05 / t + 0.002 * random.normal()) };
  });
}

test('it foresees where curves end, also of configurations that have not begun', () => {
  const data = curves(12);
  const model = new CurveModel(space, data);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const truth = ({ point }: CurveData) => end(point[0]) + 0.05;
  const foreseen = data.map((curve) => {
    const { first } = model.foresee(curve, 1, 1);
    return Math.abs(model.lossOf(first.offset + first.slope * model.predictEnd(curve.point).mean) - truth(curve));
  });
  const newest = data.map((curve) => Math.abs((curve.losses.at(-1) ?? 0) - truth(curve)));
  assert.ok(mean(foreseen) < 0.7 * mean(newest), `${mean(foreseen)} against ${mean(newest)} of the newest value`);
  const ends = [0.05, 0.45, 0.95].map((x) => model.predictEnd(Float64Array.of(x)).mean);
  assert.ok(ends[1] < ends[0] && ends[0] < ends[2]);
});

test('a longer curve leaves less to be told, and none all of it', () => {
  const [data] = [curves(12)];
  const model = new CurveModel(space, data);
  const short = data.find(({ steps }) => steps.length === 3) as CurveData;
  const long = data.find(({ steps }) => steps.length === 9) as CurveData;
  const left = (curve: Pick<CurveData, 'steps' | 'losses'>) => {
    const { first } = model.foresee(curve, 1, 1);
    return first.slope ** 2 * model.predictEnd(Float64Array.of(0.5)).variance + first.variance;
  };
  const none = { steps: new Float64Array(0), losses: new Float64Array(0) };
  assert.ok(left(long) < left(short) && left(short) < left(none));
});

test('one by one and together it predicts the same, and covariances are symmetric', () => {
  const model = new CurveModel(space, curves(8));
  const points = [0.1, 0.3, 0.8].map((x) => Float64Array.of(x));
  const { mean, covariance } = model.predictEnds(points);
  for (const [i, point] of points.entries()) {
    const alone = model.predictEnd(point);
    assert.ok(Math.abs(alone.mean - mean[i]) < 1e-9);
    assert.ok(Math.abs(alone.variance - covariance[i * 3 + i]) < 1e-9);
    for (let j = 0; j < 3; j++) assert.ok(Math.abs(covariance[i * 3 + j] - covariance[j * 3 + i]) < 1e-9);
  }
});

test('equal losses and a single point are learnt from', () => {
  const one = { point: Float64Array.of(0.5), steps: Float64Array.of(1), losses: Float64Array.of(3) };
  assert.equal(new CurveModel(space, [one]).lossOf(0), 3);
  assert.ok(
    Number.isFinite(new CurveModel(space, [one, { ...one, losses: Float64Array.of(3) }]).predictEnd(one.point).mean),
  );
});
