import type { TreeNodes } from './tree-nodes.ts';

/**
 * Draws every node's means towards its parent's (Agarwal et al. 2022, hierarchical shrinkage, equation 1):
 * m'(node) = m'(parent) + (m(node) - m(parent)) / (1 + strength / rows(parent)). means: [nodes x outputs] or longer.
 */
export function shrunkMeans(nodes: TreeNodes, means: Float64Array, outputs: number, strength: number): Float64Array {
  const shrunk = means.slice(0, nodes.feature.length * outputs);
  if (strength === 0) return shrunk;
  const { feature, left, right, rows } = nodes;
  // Children stand after their parents.
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] < 0) continue;
    const factor = 1 / (1 + strength / rows[node]);
    const up = node * outputs;
    for (let side = 0; side < 2; side++) {
      const at = (side === 0 ? left[node] : right[node]) * outputs;
      for (let k = 0; k < outputs; k++) shrunk[at + k] = shrunk[up + k] + (means[at + k] - means[up + k]) * factor;
    }
  }
  return shrunk;
}
