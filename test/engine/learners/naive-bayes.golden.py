"""Makes naive-bayes.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python naive-bayes.golden.py > naive-bayes.golden.json
Numbers are standardised, as Vitrine's variance smoothing counts in units of a column's variance. scikit-learn has no mixed columns:
the log probabilities of its two models are added, and one log prior taken away (both know the same)."""
import json
import numpy as np
from sklearn.naive_bayes import CategoricalNB, GaussianNB

rng = np.random.default_rng(11)


def standardized(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def case(name, classes, params, numbers, levels, weighted=False, rows=70):
    y = rng.integers(0, classes, size=rows)
    x = standardized(np.round(rng.normal(size=(rows, numbers)) + y[:, None] * 0.7, 3)) if numbers else None
    z = (rng.integers(0, 4, size=(rows, levels)) + y[:, None] * (rng.uniform(size=(rows, levels)) < 0.4)) if levels else None
    weights = np.round(rng.uniform(0.2, 2, size=rows), 2)
    weights = weights / weights.mean() if weighted else None
    joint = np.zeros((rows, classes))
    if numbers:
        model = GaussianNB(var_smoothing=params["variance_smoothing"]).fit(x, y, sample_weight=weights)
        joint += model.predict_joint_log_proba(x)
    if levels:
        model = CategoricalNB(alpha=params["smoothing"]).fit(z, y, sample_weight=weights)
        joint += model.predict_joint_log_proba(z)
    if numbers and levels:
        joint -= model.class_log_prior_
    probabilities = np.exp(joint - np.logaddexp.reduce(joint, axis=1, keepdims=True))
    return {"name": name, "classes": classes, "params": params, "numbers": [] if x is None else x.T.tolist(),
            "levels": [] if z is None else z.T.tolist(), "truth": y.tolist(),
            **({"weights": weights.tolist()} if weighted else {}),
            "prediction": [round(float(p), 12) for p in probabilities.ravel()]}


def params(smoothing, variance):
    return {"numbers": "gaussian", "power": 1.0, "smoothing": smoothing, "variance_smoothing": variance}


print(json.dumps([
    case("numbers", 3, params(1.0, 1e-9), 4, 0),
    case("numbers with smoothed variances", 2, params(1.0, 0.2), 3, 0),
    case("levels", 3, params(1.0, 1e-9), 0, 4),
    case("levels with much smoothing", 2, params(5.0, 1e-9), 0, 3),
    case("both", 3, params(0.5, 0.01), 2, 3),
    case("levels of weighted rows", 2, params(1.0, 1e-9), 0, 3, weighted=True),
]))
