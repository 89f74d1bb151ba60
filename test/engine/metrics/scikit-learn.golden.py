"""Makes scikit-learn.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python scikit-learn.golden.py > scikit-learn.golden.json"""
import json
import numpy as np
from sklearn import metrics as m

rng = np.random.default_rng(7)


def classification(name, rows, classes, sharpness, absent=()):
    allowed = [k for k in range(classes) if k not in absent]
    y = rng.choice(allowed, rows)
    logits = np.round(rng.normal(size=(rows, classes)), 1)  # rounded: ties
    logits[np.arange(rows), y] += sharpness
    p = np.exp(logits)
    p /= p.sum(axis=1, keepdims=True)
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
    present = [k for k in labels if 0 < (y == k).sum() < rows]
    if classes == 2:
        expected["roc_auc"] = m.roc_auc_score(y, p[:, 1])
    else:
        expected["roc_auc"] = float(np.mean([m.roc_auc_score(y == k, p[:, k]) for k in present]))
    return {"name": name, "task": "binary" if classes == 2 else "multiclass", "classes": classes,
            "truth": y.tolist(), "prediction": p.ravel().tolist(), "expected": {k: float(v) for k, v in expected.items()}}


def regression(name, rows, noise, offset):
    y = rng.normal(size=rows) * 3 + offset
    p = y + rng.normal(size=rows) * noise
    expected = {"rmse": m.root_mean_squared_error(y, p), "mae": m.mean_absolute_error(y, p), "r2": m.r2_score(y, p)}
    return {"name": name, "task": "regression", "truth": y.tolist(), "prediction": p.tolist(),
            "expected": {k: float(v) for k, v in expected.items()}}


print(json.dumps([
    classification("binary", 60, 2, 0.7),
    classification("certain", 40, 3, 0.8),
    classification("several", 80, 5, 1.0),
    classification("a class without rows", 50, 4, 0.8, absent=(2,)),
    regression("good", 40, 1.0, 0.0),
    regression("worse than the mean", 30, 9.0, 5.0),
    regression("far from zero", 30, 1.0, 1e6),
]))
