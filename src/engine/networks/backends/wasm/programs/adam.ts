import {
  type Code,
  define,
  type FunctionDefinition,
  f32,
  i32,
  load,
  multiplyAdd,
  splat,
  store,
  v128,
  vectorAdd,
  vectorDivide,
  vectorMultiply,
  vectorSquareRoot,
  vectorSubtract,
} from '../assembler.ts';
import { eachVector } from './each-vector.ts';

/**
 * `adam(weight, gradient, first, second, out, count, keep, rate, secondCorrection, beta1, oneMinusBeta1, beta2,
 * oneMinusBeta2, epsilon)`: Kingma and Ba 2015, algorithm 1, on `count` > 0 floats, a multiple of 4; out = keep weight -
 * rate m / (sqrt(v) secondCorrection + epsilon). The moments change in place.
 */
export const defineAdam: FunctionDefinition = define(
  'adam',
  [...Array(6).fill(i32), ...Array(8).fill(f32)],
  ([weight, gradient, first, second, out, count, ...scalars], variable) => {
    const vectors = scalars.map((scalar) => ({ scalar, vector: variable(v128) }));
    const [keep, rate, correction, beta1, rest1, beta2, rest2, epsilon] = vectors.map(({ vector }) => vector.get);
    const [g, m, v] = [variable(v128), variable(v128), variable(v128)];
    const scaledRoot: Code = vectorAdd(vectorMultiply(vectorSquareRoot(v.get), correction), epsilon);
    return [
      ...vectors.flatMap(({ scalar, vector }) => vector.set(splat(scalar.get))),
      ...eachVector([weight, gradient, first, second, out], count, variable, [
        ...g.set(load(gradient.get)),
        ...m.set(multiplyAdd(rest1, g.get, vectorMultiply(beta1, load(first.get)))),
        ...v.set(multiplyAdd(vectorMultiply(rest2, g.get), g.get, vectorMultiply(beta2, load(second.get)))),
        ...store(first.get, m.get),
        ...store(second.get, v.get),
        ...store(
          out.get,
          vectorSubtract(vectorMultiply(keep, load(weight.get)), vectorDivide(vectorMultiply(rate, m.get), scaledRoot)),
        ),
      ]),
    ];
  },
);
