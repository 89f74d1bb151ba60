import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { space } from '../../../src/engine/learners/mlp/configuration.ts';
import { createEvolution, evolution, living, tournament } from '../../../src/engine/nas/evolution.ts';
import { bounds, mutate, randomHidden } from '../../../src/engine/nas/mutations.ts';
import { architectureStrategies, architectureStrategy } from '../../../src/engine/nas/registry.ts';
import { configurationOf, type Individual, spaceBesideGraph } from '../../../src/engine/nas/strategy.ts';
import { type HiddenLayer, hiddenText, parseHidden } from '../../../src/engine/networks/graph.ts';
import { parseStep, stepHidden } from '../../../src/engine/networks/graph-step.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { containsConfiguration, sampleConfiguration } from '../../../src/engine/space/configuration.ts';
import type { DatasetInfo } from '../../../src/shared/dataset.ts';

const surroundings = { space: spaceBesideGraph(space({ rowCount: 5000 } as DatasetInfo)) };

/** Independent generators: the first draws of `createRandom` are alike for neighbouring seeds. */
const stream = (seed: number) => createRandom(1).fork(`${seed}`);

function individual(number: number, loss: number, graph = '32 relu > 16 tanh'): Individual {
  return { number, loss, graph, params: sampleConfiguration(surroundings.space, stream(number)) };
}

const history = (losses: number[]) => losses.map((loss, number) => individual(number, loss));

describe('the first generation', () => {
  test('is random, without parents, and inside the space', () => {
    const graphs = Array.from({ length: 10 }, (_, i) => {
      const proposal = evolution.suggest(history(Array(i).fill(1)), surroundings, stream(i));
      assert.equal(proposal.parent, null);
      assert.equal(proposal.step, null);
      assert.equal(proposal.why.phase, 'start-up');
      assert.ok(containsConfiguration(surroundings.space, proposal.params));
      return proposal.graph;
    });
    assert.ok(new Set(graphs).size > 5, graphs.join(', '));
  });

  test('the space beside the graph has lost the layers only', () => {
    const names = surroundings.space.parameters.map(({ name }) => name);
    assert.deepEqual(names, ['optimizer', 'momentum', 'learning_rate', 'batch_size', 'dropout', 'weight_decay']);
  });
});

describe('children', () => {
  const grown = history([5, 4, 3, 2, 1, 6, 7, 8, 9, 10, 11]);

  test('descend by the step they name from a living parent', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { parent, graph, step, params, why } = evolution.suggest(grown, surroundings, stream(seed));
      const from = grown[parent as number];
      assert.ok(from.number >= 1, 'trial 0 is the eleventh from the end: dead');
      assert.equal(hiddenText(stepHidden(parseHidden(from.graph), parseStep(step as string))), graph);
      assert.ok(containsConfiguration(surroundings.space, params));
      assert.deepEqual([why.phase, why.parent, why.step], ['mutate', parent, step]);
    }
  });

  test('a tuning step changes the one parameter it names, others as far as they depend on it', () => {
    let tuned = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { parent, step, params } = evolution.suggest(grown, surroundings, stream(seed));
      const before = grown[parent as number].params;
      const changed = Object.keys({ ...before, ...params }).filter((name) => before[name] !== params[name]);
      if (!step?.startsWith('tune')) assert.deepEqual(changed, []);
      else if (step === 'tune: optimizer') assert.deepEqual(changed.toSorted(), ['momentum', 'optimizer']);
      else assert.deepEqual(changed, [step.slice('tune: '.length)]);
      if (step?.startsWith('tune')) tuned++;
    }
    assert.ok(tuned > 10 && tuned < 50, `${tuned}`);
  });

  test('the same seed and history make the same child', () => {
    const child = (seed: number) => evolution.suggest(grown, surroundings, stream(seed));
    assert.deepEqual(child(3), child(3));
    assert.notDeepEqual(child(3), child(4));
  });

  test('a configuration holds the graph, and the step where there is one', () => {
    const child = evolution.suggest(grown, surroundings, stream(1));
    assert.deepEqual(configurationOf(child), { ...child.params, graph: child.graph, step: child.step });
    const first = evolution.suggest([], surroundings, stream(1));
    assert.deepEqual(configurationOf(first), { ...first.params, graph: first.graph });
  });
});

describe('age decides who dies', () => {
  test('the living are the youngest, however good the old', () => {
    const alive = living(history([0, 1, 2, 3, 4, 5]), 3);
    assert.deepEqual(
      alive.map(({ number }) => number),
      [3, 4, 5],
    );
  });

  test('by the order in which they ended, not by number', () => {
    const ended = [individual(2, 1), individual(0, 1), individual(1, 1)];
    assert.deepEqual(
      living(ended, 2).map(({ number }) => number),
      [0, 1],
    );
  });

  test('a champion has no children once it is old', () => {
    const small = createEvolution({ population: 3, sample: 50 });
    const parents = (losses: number[]) =>
      new Set(
        Array.from({ length: 20 }, (_, seed) => small.suggest(history(losses), surroundings, stream(seed)).parent),
      );
    assert.deepEqual(parents([0, 5, 5, 4]), new Set([3]));
    assert.deepEqual(parents([9, 0, 5, 4]), new Set([1]));
  });
});

describe('the tournament', () => {
  test('the best of those drawn wins, the elder of equals', () => {
    const alive = history([3, 2, 2, 5]);
    for (let seed = 0; seed < 30; seed++) {
      const { parent, drawn } = tournament(alive, 3, stream(seed));
      assert.equal(drawn.length, 3);
      assert.equal(parent.loss, Math.min(...drawn.map(({ loss }) => loss)));
      assert.equal(
        parent.number,
        Math.min(...drawn.filter(({ loss }) => loss === parent.loss).map(({ number }) => number)),
      );
    }
  });

  test('larger samples press harder', () => {
    const alive = history([1, 2, 3, 4, 5, 6, 7, 8]);
    const meanLoss = (sample: number) => {
      const losses = Array.from({ length: 400 }, (_, seed) => tournament(alive, sample, stream(seed)).parent.loss);
      return losses.reduce((a, b) => a + b, 0) / losses.length;
    };
    assert.ok(meanLoss(1) > 4 && meanLoss(4) < 2.5, `${meanLoss(1)}, ${meanLoss(4)}`);
  });
});

describe('mutations stay within bounds', () => {
  const params = sampleConfiguration(surroundings.space, stream(1));
  const largest = hiddenText(Array<HiddenLayer>(bounds.layers).fill({ units: bounds.mostUnits, activation: 'relu' }));
  const cases = { smallest: `${bounds.fewestUnits} relu`, largest, usual: '33 silu > 70 silu gated' };
  for (const [name, graph] of Object.entries(cases)) {
    test(name, () => {
      const kinds = new Set<string>();
      for (let seed = 0; seed < 200; seed++) {
        const mutant = mutate(graph, params, surroundings.space, stream(seed));
        const hidden = parseHidden(mutant.graph);
        kinds.add(mutant.step.kind);
        assert.ok(hidden.length <= bounds.layers);
        for (const { units } of hidden) assert.ok(units >= bounds.fewestUnits && units <= bounds.mostUnits, `${units}`);
        assert.ok(mutant.graph !== graph || JSON.stringify(mutant.params) !== JSON.stringify(params));
      }
      const expected = {
        smallest: ['deeper', 'tune', 'wider'],
        largest: ['narrower', 'tune'],
        usual: ['deeper', 'narrower', 'tune', 'wider'],
      };
      assert.deepEqual([...kinds].sort(), expected[name as keyof typeof expected]);
    });
  }

  test('a grid of two values is moved along, too', () => {
    const two = { parameters: [{ name: 'n', distribution: { type: 'int', low: 1, high: 2 } as const }] };
    for (let seed = 0; seed < 40; seed++) {
      const { step, params: moved } = mutate('8 relu', { n: 1 }, two, stream(seed));
      if (step.kind === 'tune') assert.equal(moved.n, 2);
    }
  });
});

test('random networks differ in depth and width', () => {
  const all = Array.from({ length: 50 }, (_, i) => randomHidden(stream(i)));
  assert.deepEqual(new Set(all.map(({ length }) => length)), new Set([1, 2, 3]));
});

test('evolution finds a narrow optimum that random search misses', () => {
  // Loss of a graph: distance of its logarithmic widths from 3 layers of 100.
  const lossOf = (graph: string) => {
    const hidden = parseHidden(graph);
    return (
      3 * Math.abs(hidden.length - 3) + hidden.reduce((sum, { units }) => sum + Math.abs(Math.log(units / 100)), 0)
    );
  };
  const search = (population: number, seed: number) => {
    const strategy = createEvolution({ population, sample: 4 });
    const done: Individual[] = [];
    for (let number = 0; number < 120; number++) {
      const { graph, params } = strategy.suggest(done, surroundings, stream(seed).fork(`trial ${number}`));
      done.push({ number, graph, params, loss: lossOf(graph) });
    }
    return Math.min(...done.map(({ loss }) => loss));
  };
  const seeds = [1, 2, 3, 4, 5];
  const mean = (population: number) => seeds.reduce((sum, seed) => sum + search(population, seed), 0) / seeds.length;
  const [evolved, random] = [mean(10), mean(1000)];
  assert.ok(evolved < random / 2, `evolved ${evolved}, random ${random}`);
});

test('the registry knows its strategies by name', () => {
  for (const strategy of architectureStrategies) assert.equal(architectureStrategy(strategy.name), strategy);
  assert.throws(() => architectureStrategy('darts'), /no architecture search "darts"; there is evolution/);
  assert.throws(() => createEvolution({ population: 0, sample: 1 }), /cannot evolve/);
});
