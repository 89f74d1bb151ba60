"""Makes thresholds.golden.json. Pinned: fairlearn==0.13.0, scikit-learn==1.7.2, numpy==2.3.5, pandas==2.3.3 (Python 3.11).

python -m venv PLACE && PLACE/bin/pip install fairlearn==0.13.0 scikit-learn==1.7.2 numpy==2.3.5 pandas==2.3.3
PLACE/bin/python thresholds.py > thresholds.golden.json

What fairlearn's ThresholdOptimizer reaches on rows whose groups were scored apart: accuracy and differences in expectation, since it mixes
two thresholds at random.
"""
import json

import numpy as np
from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.base import BaseEstimator, ClassifierMixin

ROWS = 600
random = np.random.RandomState(5)
group = random.choice(["a", "b"], size=ROWS, p=[0.6, 0.4])
merit = random.normal(size=ROWS)
score = 1.4 * merit + np.where(group == "a", 0.8, -0.8)
probability = np.round(1 / (1 + np.exp(-score)), 6)
truth = (random.uniform(size=ROWS) < 1 / (1 + np.exp(-1.4 * merit - np.where(group == "a", 0.8, -0.8)))).astype(int)


class Scores(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, X):
        p = np.asarray(X)[:, 0]
        return np.stack([1 - p, p], axis=1)


def reached(constraint):
    X = probability.reshape(-1, 1)
    optimizer = ThresholdOptimizer(
        estimator=Scores().fit(X, truth),
        constraints=constraint,
        objective="accuracy_score",
        prefit=True,
        predict_method="predict_proba",
        grid_size=2000,
    )
    optimizer.fit(X, truth, sensitive_features=group)
    chosen = optimizer._pmf_predict(X, sensitive_features=group)[:, 1]
    rate = lambda rows: [float(chosen[rows & (group == g)].mean()) for g in ("a", "b")]
    return {
        "accuracy": float(np.where(truth == 1, chosen, 1 - chosen).mean()),
        "selection": rate(np.ones(ROWS, bool)),
        "truePositive": rate(truth == 1),
        "falsePositive": rate(truth == 0),
    }


print(
    json.dumps(
        {
            "group": group.tolist(),
            "probability": probability.tolist(),
            "truth": truth.tolist(),
            "reached": {
                "demographic-parity": reached("demographic_parity"),
                "equal-opportunity": reached("true_positive_rate_parity"),
                "equalised-odds": reached("equalized_odds"),
            },
        }
    )
)
