"""Makes peers.golden.json with scikit-learn 1.9.1, scipy 1.17.1, mapie 1.6.0 and numpy 2.4.6: python peers.golden.py > peers.golden.json"""
import json
import warnings
import numpy as np
from mapie.classification import SplitConformalClassifier
from mapie.regression import SplitConformalRegressor
from scipy.optimize import minimize, nnls
from scipy.special import log_softmax, softmax
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")
rng = np.random.default_rng(11)


def forecast(rows, classes, sharpness):
    """Probabilities that are too sure of themselves, and what came."""
    logits = np.round(rng.normal(size=(rows, classes)), 1)
    y = np.array([rng.choice(classes, p=softmax(row)) for row in logits])
    return softmax(sharpness * logits, axis=1), y


def temperature(classes):
    p, y = forecast(80, classes, 2.5)
    best = minimize(lambda t: -log_softmax(np.log(p) * np.exp(t[0]), axis=1)[np.arange(len(y)), y].mean(), [0.0], tol=1e-14)
    return {"classes": classes, "probabilities": p.ravel().tolist(), "codes": y.tolist(), "temperature": float(np.exp(-best.x[0]))}


def isotonic():
    x = np.round(rng.uniform(size=60), 1)  # ties
    y = (rng.uniform(size=60) < x).astype(float)
    at = np.linspace(-0.2, 1.2, 57)
    model = IsotonicRegression(out_of_bounds="clip").fit(x, y)
    return {"x": x.tolist(), "y": y.tolist(), "at": at.tolist(), "heights": model.predict(at).tolist()}


def beta():
    p, y = forecast(150, 2, 1.7)
    features = np.column_stack([np.log(p[:, 1]), -np.log(p[:, 0])])
    model = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(features, y)
    assert (model.coef_ > 0).all()
    return {"probabilities": p.ravel().tolist(), "codes": y.tolist(),
            "calibrated": model.predict_proba(features)[:, 1].tolist()}


def stack_of_classes():
    rows, classes, members = 90, 3, 4
    truth = rng.normal(size=(rows, classes))
    y = np.array([rng.choice(classes, p=softmax(1.5 * row)) for row in truth])
    own = [softmax(truth + noise * rng.normal(size=truth.shape), axis=1) for noise in (0.5, 1.0, 2.0)]
    own.append(softmax(-truth, axis=1))  # wrong: its weight is held at 0
    logs = np.log(np.array(own))
    l1, l2 = 0.01, 0.02

    def loss(x):
        scores = np.tensordot(x[:members], logs, 1) + np.concatenate([[0], x[members:]])
        return (-log_softmax(scores, axis=1)[np.arange(rows), y].mean() + l1 * x[:members].sum()
                + l2 * (x[:members] ** 2).sum() / 2 + 1e-6 * (x[members:] ** 2).sum() / 2)

    best = minimize(loss, np.full(members + classes - 1, 0.3), method="L-BFGS-B",
                    bounds=[(0, None)] * members + [(None, None)] * (classes - 1),
                    options={"ftol": 1e-16, "gtol": 1e-10, "maxiter": 10_000})
    return {"members": [m.ravel().tolist() for m in own], "codes": y.tolist(), "classes": classes, "l1": l1, "l2": l2,
            "loss": float(best.fun), "weights": best.x[:members].tolist(), "intercepts": [0.0, *best.x[members:].tolist()]}


def stack_of_values():
    rows = 50
    y = 5 + 2 * rng.normal(size=rows)
    members = np.column_stack([y + rng.normal(size=rows), y + 2 * rng.normal(size=rows), 10 - y])
    l2 = 0.05
    centred = members - members.mean(axis=0)
    ridge = np.sqrt(rows * l2 * y.var()) * np.eye(3)
    weights, _ = nnls(np.vstack([centred, ridge]), np.concatenate([y - y.mean(), np.zeros(3)]))
    return {"members": members.T.tolist(), "truth": y.tolist(), "l2": l2, "weights": weights.tolist(),
            "intercept": float(y.mean() - members.mean(axis=0) @ weights)}


class Told(ClassifierMixin, BaseEstimator):
    """Says as probabilities what it is given as columns."""

    def __init__(self, classes=3):
        self.classes = classes

    def fit(self, x, y):
        self.classes_ = np.arange(self.classes)
        self.n_features_in_ = self.classes
        return self

    def predict_proba(self, x):
        return x

    def predict(self, x):
        return x.argmax(axis=1)


class ToldValue(RegressorMixin, BaseEstimator):
    def fit(self, x, y):
        self.fitted_ = True
        return self

    def predict(self, x):
        return x[:, 0]


def sets():
    p, y = forecast(120, 4, 1.3)
    fresh, _ = forecast(40, 4, 1.3)
    model = Told(4).fit(p, y)
    conformal = SplitConformalClassifier(model, confidence_level=0.8, conformity_score="lac", prefit=True).conformalize(p, y)
    _, members = conformal.predict_set(fresh)
    return {"probabilities": p.ravel().tolist(), "codes": y.tolist(), "fresh": fresh.ravel().tolist(),
            "member": members[:, :, 0].astype(int).ravel().tolist()}


def intervals():
    y = rng.normal(size=57)
    x = (y + rng.normal(size=57))[:, None]
    fresh = rng.normal(size=(9, 1))
    conformal = SplitConformalRegressor(ToldValue().fit(x, y), confidence_level=0.85, prefit=True).conformalize(x, y)
    _, bounds = conformal.predict_interval(fresh)
    return {"predicted": x[:, 0].tolist(), "truth": y.tolist(), "fresh": fresh[:, 0].tolist(),
            "low": bounds[:, 0, 0].tolist(), "high": bounds[:, 1, 0].tolist()}


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


print(json.dumps(rounded({
    "temperature": [temperature(2), temperature(4)],
    "isotonic": isotonic(),
    "beta": beta(),
    "stackOfClasses": stack_of_classes(),
    "stackOfValues": stack_of_values(),
    "sets": sets(),
    "intervals": intervals(),
})))
