import type { Pauses } from '../pauses.ts';
import type { Candidate } from './candidate.ts';
import type { ConditionRows } from './condition-rows.ts';
import type { HalfLosses } from './half-losses.ts';

export interface LatticeOptions {
  /** Conditions that hold together, at most. */
  readonly conditions: number;
  /** Slices of a level that are divided further. */
  readonly beam: number;
  /** Rows of the half that a slice has at least. */
  readonly fewest: number;
}

interface Node {
  /** Ascending positions in the list of conditions. */
  readonly parts: readonly number[];
  readonly rows: Uint32Array;
  readonly t: number;
}

/** A further condition must add this much evidence: else the more general slice is the better account (Chung et al. 2019, definition 1). */
const addedEvidence = 0.5;
/** A weak segment is a part, not the most of the rows. */
const largestShare = 0.5;

/**
 * Search of the lattice of slices in the manner of SliceFinder (Chung et al. 2019, section 3.2): conditions, their pairs, their triples;
 * what has too few rows is not divided further. All pairs are tried, since either condition alone may show nothing; beyond them those of the
 * strongest slices.
 */
export async function searchLattice(
  conditions: readonly ConditionRows[],
  half: HalfLosses,
  options: LatticeOptions,
  pauses: Pauses,
): Promise<{ candidates: Candidate[]; examined: number; isCut: boolean }> {
  const found: Node[] = [];
  let level: Node[] = conditions.flatMap(
    (_, j) => extended({ parts: [], rows: half.rows, t: 0 }, j, Number.NEGATIVE_INFINITY) ?? [],
  );
  let examined = conditions.length;
  let isCut = false;
  for (let depth = 1; ; depth++) {
    const ranked = level.toSorted((a, b) => b.t - a.t);
    found.push(
      ...ranked.filter(({ rows, t }) => t > 0 && rows.length <= largestShare * half.rows.length).slice(0, options.beam),
    );
    if (depth >= options.conditions || isCut) break;
    level = [];
    for (const node of depth === 1 ? ranked : ranked.slice(0, options.beam)) {
      for (const j of conditions.keys()) {
        if (!joins(node, j, depth)) continue;
        examined++;
        const next = extended(node, j, node.t + addedEvidence);
        if (next) level.push(next);
      }
      isCut ||= await pauses.after(conditions.length * node.rows.length);
      if (isCut) break;
    }
  }
  return { candidates: found.map(candidateOf), examined, isCut };

  /** All pairs once; columns may come twice only as the two ends of a range. */
  function joins({ parts }: Node, j: number, depth: number): boolean {
    if (parts.includes(j) || (depth === 1 && j < parts[0])) return false;
    const { column, relation } = conditions[j].condition;
    return parts.every((i) => {
      const other = conditions[i].condition;
      return other.column !== column || isRange(other.relation, relation);
    });
  }

  function extended({ parts, rows }: Node, j: number, least: number): Node | undefined {
    const { holds } = conditions[j];
    const sums = half.sumsWhere(rows, holds);
    if (sums.count < options.fewest) return undefined;
    const test = half.against(sums);
    if (!test || test.t < least) return undefined;
    return { parts: [...parts, j], rows: rows.filter((row) => holds[row] === 1), t: test.t };
  }

  function candidateOf({ parts, t }: Node): Candidate {
    const [first, ...others] = parts.map((i) => conditions[i].holds);
    const holds = others.reduce((all, one) => all.map((value, i) => value & one[i]), first);
    return { conditions: parts.map((i) => conditions[i].condition), from: 'lattice', holds, t };
  }
}

const isRange = (a: string, b: string) => (a === 'above' && b === 'at most') || (a === 'at most' && b === 'above');
