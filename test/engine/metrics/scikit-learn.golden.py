"""Makes scikit-learn.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python scikit-learn.golden.py > scikit-learn.golden.json"""
import json
import numpy as np
from sklearn import metrics as m

rng = np.random.default_rng(7)


def classification(name, rows, classes, sharpness, absent=(), rare=False):
    allowed = [k for k in range(classes) if k not in absent]
    y = (rng.uniform(size=rows) < 0.04).astype(int) if rare else rng.choice(allowed, rows)
    logits = np.round(rng.normal(size=(rows, classes)), 1)  # rounded: ties
    logits[np.arange(rows), y] += sharpness
    p = np.exp(logits)
    p /= p.sum(axis=1, keepdims=True)
    if name == "constant":
        p = np.tile(rng.dirichlet(np.ones(classes)), (rows, 1))
    if name == "certain":  # zeros and ones: clipping
        p = np.eye(classes)[p.argmax(axis=1)]
    labels = list(range(classes))
    clipped = np.clip(p, 1e-7, 1)
    clipped /= clipped.sum(axis=1, keepdims=True)
    y_hat = p.argmax(axis=1)
    expected = {
        "log_loss": m.log_loss(y, clipped, labels=labels),
        "accuracy": m.accuracy_score(y, y_hat),
        "balanced_accuracy": m.balanced_accuracy_score(y, y_hat) if set(y_hat) <= set(y)
        else m.recall_score(y, y_hat, labels=sorted(set(y)), average="macro"),
        "f1": m.f1_score(y, y_hat, average="macro"),
        "brier": m.brier_score_loss(y, p[:, 1] if classes == 2 else p, labels=labels),
        "mcc": m.matthews_corrcoef(y, y_hat),
    }
    if len(set(y) | set(y_hat)) > 1:
        expected["kappa"] = m.cohen_kappa_score(y, y_hat)
    expected["calibration_error"] = calibration_error(p, y)
    present = [k for k in labels if 0 < (y == k).sum() < rows]
    if classes == 2:
        if present:
            expected["roc_auc"] = m.roc_auc_score(y, p[:, 1])
        if (y == 1).any():
            expected["pr_auc"] = m.average_precision_score(y, p[:, 1])
    else:
        expected["roc_auc"] = float(np.mean([m.roc_auc_score(y == k, p[:, k]) for k in present]))
        expected["pr_auc"] = float(np.mean([m.average_precision_score(y == k, p[:, k]) for k in sorted(set(y))]))
    return {"name": name, "task": "binary" if classes == 2 else "multiclass", "classes": classes,
            "truth": y.tolist(), "prediction": p.ravel().tolist(), "expected": {k: float(v) for k, v in expected.items()}}


def calibration_error(p, y):
    """Not in scikit-learn: 15 bins by rank, each stretched to the end of equal probabilities."""
    k = np.ones(len(y), int) if p.shape[1] == 2 else p.argmax(axis=1)
    stated = p[np.arange(len(y)), k]
    ends = np.round(np.arange(1, 16) * len(y) / 15 + 1e-9).astype(int)
    edges = np.unique(np.sort(stated)[np.maximum(ends, 1) - 1])
    bins = np.searchsorted(edges, stated)
    return sum(abs((stated - (y == k))[bins == b].sum()) for b in set(bins)) / len(y)


def regression(name, rows, noise, offset):
    y = rng.normal(size=rows) * 3 + offset
    if name == "zeros in the truth":
        y = np.round(y)
    p = y + rng.normal(size=rows) * noise
    if name == "constant":
        p = np.full(rows, 1.5)
    expected = {
        "rmse": m.root_mean_squared_error(y, p), "mae": m.mean_absolute_error(y, p), "r2": m.r2_score(y, p),
        "median_absolute_error": m.median_absolute_error(y, p), "max_error": m.max_error(y, p),
        "mape": m.mean_absolute_percentage_error(y, p), "d2_absolute_error": m.d2_absolute_error_score(y, p),
        **{f"pinball_{level}": m.mean_pinball_loss(y, p, alpha=level / 100) for level in (10, 50, 90)},
    }
    return {"name": name, "task": "regression", "truth": y.tolist(), "prediction": p.tolist(),
            "expected": {k: float(v) for k, v in expected.items()}}


print(json.dumps([
    classification("binary", 60, 2, 0.7),
    classification("certain", 40, 3, 0.8),
    classification("several", 80, 5, 1.0),
    classification("a class without rows", 50, 4, 0.8, absent=(2,)),
    classification("a rare class", 200, 2, 0.3, rare=True),
    classification("constant", 30, 2, 0.0),
    classification("constant", 30, 3, 0.0),
    classification("the first class alone", 20, 2, 0.5, absent=(1,)),
    classification("the second class alone", 20, 2, 0.5, absent=(0,)),
    regression("good", 40, 1.0, 0.0),
    regression("worse than the mean", 30, 9.0, 5.0),
    regression("far from zero", 30, 1.0, 1e6),
    regression("zeros in the truth", 31, 1.0, 0.0),
    regression("constant", 30, 0.0, 0.0),
]))
