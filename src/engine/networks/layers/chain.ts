import type { Tensor } from '@tensorflow/tfjs-core';
import type { Gradients, Layer, Pass } from './layer.ts';

/** Layers one after the other, at least one: forwards through their outputs, backwards through their gradients. */
export function chain(layers: readonly Layer[], x: Tensor): Pass {
  const passes: Pass[] = [];
  for (const layer of layers) passes.push(layer(passes.at(-1)?.output ?? x));
  return {
    output: passes[passes.length - 1].output,
    statistics: passes.flatMap((pass) => pass.statistics ?? []),
    backward(gradient) {
      let gradients: Gradients = passes[passes.length - 1].backward(gradient);
      const parameters = [gradients.parameters];
      for (const pass of passes.slice(0, -1).reverse()) {
        gradients = pass.backward(gradients.input());
        parameters.unshift(gradients.parameters);
      }
      const { input } = gradients;
      return { parameters: parameters.flat(), input };
    },
  };
}
