import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constraintValue, parseConstraint } from '../../../src/shared/experiment/constraint.ts';

function read(text: string) {
  const reading = parseConstraint(text);
  assert.ok(reading.ok, text);
  return reading.value;
}

const problem = (text: string) => {
  const reading = parseConstraint(text);
  assert.ok(!reading.ok, text);
  return reading;
};

test('amounts are read in the unit of the metric', () => {
  assert.deepEqual(read(' model_size <= 1.5MB '), {
    metric: 'model_size',
    bound: '<=',
    limit: 1.5e6,
    words: 'model_size <= 1.5MB',
  });
  assert.equal(read('latency <= 2ms').limit, 2);
  assert.equal(read('latency <= 1s').limit, 1000);
  assert.equal(read('fit_time<=1m').limit, 60);
  assert.equal(read('energy <= 0.5kWh').limit, 500);
  assert.equal(read('accuracy >= 0.9').limit, 0.9);
  assert.equal(read('r2 >= -0.5').limit, -0.5);
});

test('what cannot be meant is said, with what could', () => {
  assert.match(problem('model_size').problem, /write one such as model_size <= 1MB/);
  assert.match(problem('size <= 1MB').problem, /"size" is no metric; the metrics are log_loss/);
  assert.equal(problem('latency < 2ms').suggestion, 'latency <= 2ms');
  assert.equal(problem('latency <= 2').suggestion, 'latency <= 2s');
  assert.match(problem('accuracy >= much').problem, /"much" is no number/);
});

test('a value is how far the bound is broken, as a share of the limit', () => {
  const small = read('model_size <= 1MB');
  assert.equal(constraintValue(small, 1.5e6), 0.5);
  assert.equal(constraintValue(small, 0.5e6), -0.5);
  assert.equal(constraintValue(read('accuracy >= 0.8'), 0.6).toFixed(6), '0.250000');
  assert.equal(constraintValue(read('r2 >= 0'), -0.3), 0.3);
});
