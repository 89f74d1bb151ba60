import type { Random } from '../../../random.ts';

export interface SghmcOptions {
  /** Length of a step; default: 0.01. */
  readonly step?: number;
  /** Share of the velocity that friction takes in each step; default: 0.05. */
  readonly friction?: number;
}

/** A chain of weights whose later states are draws from a posterior. */
export interface Sghmc {
  /**
   * One step, in place.
   * @param slopes of the mean negative log posterior of an observation, estimated on some of them
   * @param observations how many there are in all
   */
  step(weights: Float64Array, slopes: Float64Array, observations: number, random: Random): void;
  /** Ends the burn-in: from here on the scales stay, as a chain must not change its rules. */
  freeze(): void;
}

/**
 * Stochastic gradient Hamiltonian Monte Carlo (Chen et al. 2014) that finds the scale of each weight in its burn-in (Springenberg et al.
 * 2016, section 4.1): tau, g and V are running means of an adaptive window (equations 7 and 8), and with M^-1 = V^(-1/2) the velocity
 * changes by -e^2 V^(-1/2) grad U - friction v + N(0, 2 e^2 friction V^(-1/2) - e^4) (equation 10), U being the sum over all observations
 * and e^2 = step^2 / observations.
 */
export function scaleAdaptedSghmc(count: number, { step = 0.01, friction = 0.05 }: SghmcOptions = {}): Sghmc {
  const velocity = new Float64Array(count);
  const [window, mean, square] = [1, 0, 1].map((value) => new Float64Array(count).fill(value));
  let adapts = true;
  const adapt = (i: number, slope: number) => {
    const share = 1 / (window[i] + 1);
    window[i] += 1 - (window[i] * mean[i] ** 2) / (square[i] + 1e-16);
    mean[i] += share * (slope - mean[i]);
    square[i] += share * (slope ** 2 - square[i]);
  };
  return {
    freeze() {
      adapts = false;
    },
    step(weights, slopes, observations, random) {
      const scaled = step ** 2 / observations;
      for (let i = 0; i < count; i++) {
        if (adapts) adapt(i, slopes[i]);
        const inverseMass = 1 / (Math.sqrt(square[i]) + 1e-16);
        const noise = Math.sqrt(Math.max(1e-16, 2 * scaled * friction * inverseMass - scaled ** 2));
        velocity[i] += -(step ** 2) * inverseMass * slopes[i] - friction * velocity[i] + noise * random.normal();
        weights[i] += velocity[i];
      }
    },
  };
}
