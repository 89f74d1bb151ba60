"""Makes covariance.golden.json with cmaes 0.13.0: python covariance.golden.py > covariance.golden.json

Points of five generations, the fittest first, and where each leaves the mean, the step size, the covariance and the paths.
"""
import json

import numpy as np
from cmaes import CMA

rng = np.random.default_rng(4)
cases = []
for n, offspring in [(1, 5), (2, 6), (4, 8)]:
    cma = CMA(mean=np.full(n, 0.5), sigma=1 / 6, population_size=offspring, seed=1)
    generations = []
    for _ in range(5):
        points = cma._mean + cma._sigma * rng.normal(size=(offspring, n)) * 0.9
        points = points[np.argsort(((points - 0.3) ** 2 * (1 + 3 * np.arange(n))).sum(axis=1))]
        cma.tell([(point, rank) for rank, point in enumerate(points)])
        generations.append(
            {
                "points": points.tolist(),
                "mean": cma._mean.tolist(),
                "stepSize": float(cma._sigma),
                "covariance": cma._C.ravel().tolist(),
                "stepPath": cma._p_sigma.tolist(),
                "covariancePath": cma._pc.tolist(),
            }
        )
    cases.append({"dimensions": n, "generations": generations})
print(json.dumps(cases))
