import type { GraphBuilder, Value } from '../../models/onnx/graph-builder.ts';

/** Coefficients of the rational functions, the constant first: around the middle, and in the tails. */
const middle = {
  above: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};
const tail = {
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};

/** Quantile of the standard normal distribution at shares between 1e-10 and 1 - 1e-10 (Wichura 1988, algorithm AS 241, PPND16). */
export function normalQuantile(graph: GraphBuilder, share: Value): Value {
  const q = graph.subtract(share, 0.5);
  const squared = graph.multiply(q, q);
  const central = graph.multiply(q, ratio(graph, middle, graph.add(graph.multiply(squared, -1), 0.180625)));
  const least = graph.least(share, graph.add(graph.multiply(share, -1), 1));
  const depth = graph.node('Sqrt', [graph.multiply(graph.node('Log', [least]), -1)]);
  const outer = graph.multiply(ratio(graph, tail, graph.subtract(depth, 1.6)), graph.node('Sign', [q]));
  return graph.where(graph.isGreater(squared, 0.180625), outer, central);
}

const ratio = (graph: GraphBuilder, { above, below }: typeof middle, x: Value): Value =>
  graph.divide(polynomial(graph, above, x), polynomial(graph, below, x));

/** Horner's rule. */
const polynomial = (graph: GraphBuilder, coefficients: readonly number[], x: Value): Value =>
  coefficients
    .slice(0, -1)
    .reduceRight(
      (sum, coefficient) => graph.add(graph.multiply(sum, x), coefficient),
      graph.row([coefficients.at(-1)!]),
    );
