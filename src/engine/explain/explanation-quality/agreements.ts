import type { Agreement, JudgedMethod } from '../../../shared/results/explanation-quality.ts';
import type { Random } from '../../random.ts';
import type { Explained } from './judging.ts';
import { judged, placeAgreement, shuffled, signAgreement } from './random-comparison.ts';

/** How far each two techniques agree (Krishna et al. 2022), beside what one dealt at random would. */
export function agreementsOf(all: readonly Explained[], top: number, randomOnes: number, random: Random): Agreement[] {
  return all.flatMap((a, i) =>
    all.slice(i + 1).map((b): Agreement => {
      const beside = (of: typeof signAgreement) =>
        judged(
          of(a.contributions, b.contributions, top),
          Array.from({ length: randomOnes }, () => of(a.contributions, shuffled(b.contributions, random), top)),
          'high',
        );
      const methods: [JudgedMethod, JudgedMethod] = [a.own.method, b.own.method];
      return { methods, signs: beside(signAgreement), places: beside(placeAgreement) };
    }),
  );
}
