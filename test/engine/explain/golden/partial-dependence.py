"""Makes partial-dependence.golden.json. Pinned: scikit-learn==1.9.1, numpy==2.4.6 (Python 3.11).

python -m venv PLACE && PLACE/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
PLACE/bin/python partial-dependence.py > partial-dependence.golden.json

Partial dependence and Friedman's H (2008, equations 44 and 45), the latter from scikit-learn's partial dependence at the rows.
"""
import json

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.inspection import partial_dependence

ROWS, CROSSED = 150, 25


def score(x):
    return np.sin(x[:, 0]) * x[:, 1] + 0.5 * x[:, 2] ** 2 - 0.3 * x[:, 0] + 0.2 * x[:, 1] * x[:, 2] * x[:, 3]


class Regressor(RegressorMixin, BaseEstimator):
    def fit(self, x, y=None):
        self.fitted_ = True
        return self

    def predict(self, x):
        return score(x)


class Classifier(ClassifierMixin, BaseEstimator):
    def fit(self, x, y=None):
        self.fitted_ = True
        self.classes_ = np.arange(3)
        return self

    def predict(self, x):
        return np.argmax(self.predict_proba(x), axis=1)

    def predict_proba(self, x):
        s = score(x)
        logits = np.stack([s, np.zeros_like(s), x[:, 3] - s], axis=1)
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)


random = np.random.default_rng(7)
x = np.column_stack(
    [
        random.normal(size=ROWS),
        random.gamma(2.0, size=ROWS),
        random.integers(0, 12, size=ROWS).astype(float),
        random.uniform(-1, 1, size=ROWS),
    ]
)
x[:, 2] /= 4


def dependence(model):
    model.fit(x, np.zeros(len(x), dtype=int))
    columns = []
    for j in range(x.shape[1]):
        found = partial_dependence(model, x, [j], grid_resolution=40, kind="both", method="brute")
        columns.append(
            {
                "grid": found["grid_values"][0].tolist(),
                "average": found["average"].tolist(),
                "individual": found["individual"][:, :3].tolist(),
            }
        )
    return columns


def friedman(model):
    few = x[:CROSSED]

    def dependence_at_rows(columns):
        means = []
        for i in range(len(few)):
            values = {j: few[i : i + 1, j] for j in columns}
            found = partial_dependence(model, few, columns, custom_values=values, kind="average", method="brute")
            means.append(found["average"].ravel()[0])
        return np.array(means) - np.mean(means)

    f = model.predict(few)
    f = f - f.mean()
    count = few.shape[1]
    single = [dependence_at_rows([j]) for j in range(count)]
    others = [dependence_at_rows([k for k in range(count) if k != j]) for j in range(count)]
    columns = [float(np.sqrt(((f - single[j] - others[j]) ** 2).sum() / (f**2).sum())) for j in range(count)]
    pairs = []
    for j in range(count):
        for k in range(j + 1, count):
            both = dependence_at_rows([j, k])
            part = both - single[j] - single[k]
            pairs.append([j, k, float(np.sqrt((part**2).sum() / (both**2).sum())), float(np.sqrt((part**2).mean()))])
    return {"rows": CROSSED, "columns": columns, "pairs": pairs}


golden = {
    "x": x.tolist(),
    "resolution": 40,
    "regression": dependence(Regressor()),
    "multiclass": dependence(Classifier()),
    "friedman": friedman(Regressor().fit(x)),
}
print(json.dumps(golden))
