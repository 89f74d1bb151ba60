"""Makes local-surrogate.golden.json. Pinned: lime==0.2.0.1, scikit-learn==1.9.1, numpy==2.4.6 (Python 3.11).

python -m venv PLACE && PLACE/bin/pip install lime==0.2.0.1 scikit-learn==1.9.1 numpy==2.4.6
PLACE/bin/python local-surrogate.py > local-surrogate.golden.json
"""
import json

import numpy as np
from lime.lime_tabular import LimeTabularExplainer

SEEDS = 20
random = np.random.RandomState(4)
train = np.round(np.column_stack([random.normal(size=(300, 4)), random.randint(0, 3, size=300)]), 6)
columns = ["a", "b", "c", "d", "level"]


def predict(rows):
    score = 1.2 * rows[:, 0] - 0.8 * rows[:, 1] + 0.3 * rows[:, 2] + 0.9 * (rows[:, 4] == 1)
    yes = 1 / (1 + np.exp(-score))
    return np.column_stack([1 - yes, yes])


def explain(row, features, seed):
    explainer = LimeTabularExplainer(
        train,
        feature_names=columns,
        categorical_features=[4],
        categorical_names={4: ["red", "green", "blue"]},
        discretize_continuous=True,
        random_state=seed,
    )
    found = explainer.explain_instance(train[row], predict, labels=(1,), num_features=features, num_samples=5000)
    weights = dict(found.as_map()[1])
    return {
        "intercept": found.intercept[1],
        "prediction": float(found.local_pred[0]),
        "score": found.score,
        "weights": [weights.get(j, 0.0) for j in range(len(columns))],
    }


def case(row, features):
    runs = [explain(row, features, seed) for seed in range(SEEDS)]
    weights = np.array([run["weights"] for run in runs])
    return {
        "row": row,
        "features": features,
        "weights": weights.mean(axis=0).tolist(),
        "deviation": weights.std(axis=0, ddof=1).tolist(),
        "intercept": float(np.mean([run["intercept"] for run in runs])),
        "prediction": float(np.mean([run["prediction"] for run in runs])),
        "score": float(np.mean([run["score"] for run in runs])),
    }


cases = [case(row, 10) for row in range(5)] + [case(row, 2) for row in (0, 2)]
print(json.dumps({"columns": columns, "train": train.tolist(), "seeds": SEEDS, "cases": cases}))
