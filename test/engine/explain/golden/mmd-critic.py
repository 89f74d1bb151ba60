"""Makes mmd-critic.golden.json. Pinned: numpy==2.4.6, scipy==1.17.1 (Python 3.11).

python -m venv PLACE && PLACE/bin/pip install numpy==2.4.6 scipy==1.17.1
PLACE/bin/python mmd-critic.py > mmd-critic.golden.json

Kim, Khanna and Koyejo 2016, by definition and not step by step: both greedy searches ask for the whole set's objective for each row that
could join it (equations 2 and 3; the regulariser is log det K of the criticisms).
"""
import json

import numpy as np
from scipy.spatial.distance import cdist

random = np.random.RandomState(8)


def objective(k, chosen):
    """J_b(S): how far the squared discrepancy to all rows falls."""
    n, m = len(k), len(chosen)
    return 2 / (n * m) * k[:, chosen].sum() - k[np.ix_(chosen, chosen)].sum() / m**2


def greedy(value, rows, wanted):
    chosen = []
    while len(chosen) < wanted:
        chosen.append(max((i for i in rows if i not in chosen), key=lambda i: value(chosen + [i])))
    return chosen


def case(points, prototypes, criticisms):
    distances = cdist(points, points, "sqeuclidean")
    pairs = np.sort(distances[np.tril_indices(len(points), -1)])
    bandwidth = pairs[len(pairs) // 2]
    k = np.exp(-distances / (2 * bandwidth))
    typical = greedy(lambda s: objective(k, s), range(len(k)), prototypes)
    witness = k.mean(axis=0) - k[typical].mean(axis=0)
    value = lambda s: np.abs(witness[s]).sum() + np.linalg.slogdet(k[np.ix_(s, s)])[1]
    critical = greedy(value, [i for i in range(len(k)) if i not in typical], criticisms)
    discrepancy = k.mean() - 2 * k[:, typical].mean() + k[np.ix_(typical, typical)].mean()
    return {
        "points": points.tolist(),
        "bandwidth": float(bandwidth),
        "prototypes": typical,
        "criticisms": critical,
        "witness": witness.tolist(),
        "discrepancy": float(discrepancy),
    }


def clusters(centres, spread, rows):
    centre = np.array(centres)[random.randint(0, len(centres), rows)]
    return np.round(centre + random.normal(0, spread, centre.shape), 4)


cases = [
    case(np.round(random.normal(size=(60, 2)), 4), 6, 6),
    case(clusters([[0, 0, 0], [4, 4, 0], [0, 5, 5]], 0.7, 80), 5, 8),
    case(np.round(random.standard_t(3, size=(50, 1)), 4), 8, 5),
]
print(json.dumps({"cases": cases}))
