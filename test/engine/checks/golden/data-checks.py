"""Makes data-checks.golden.json. Pinned: cleanlab==2.9.0, scikit-learn==1.9.1, scipy==1.17.1, numpy==2.4.6 (Python 3.11).

python -m venv PLACE && PLACE/bin/pip install cleanlab==2.9.0 scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
PLACE/bin/python data-checks.py > data-checks.golden.json
"""
import json

import numpy as np
from cleanlab.count import compute_confident_joint, get_confident_thresholds
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from scipy import stats

random = np.random.RandomState(6)


def confident(classes, rows):
    truth = random.randint(0, classes, rows)
    logits = random.normal(size=(rows, classes)) + 2.5 * np.eye(classes)[truth]
    p = np.round(np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True), 6)
    p[:, -1] = 1 - p[:, :-1].sum(axis=1)
    labels = truth.copy()
    flips = random.choice(rows, rows // 10, replace=False)
    labels[flips] = (labels[flips] + 1) % classes
    joint = compute_confident_joint(labels, p, calibrate=False)
    calibrated = compute_confident_joint(labels, p, calibrate=True)
    issues = find_label_issues(labels, p, filter_by="confident_learning", return_indices_ranked_by="normalized_margin", n_jobs=1)
    return {
        "classes": classes,
        "labels": labels.tolist(),
        "probabilities": p.ravel().tolist(),
        "thresholds": get_confident_thresholds(labels, p).tolist(),
        "counts": joint.tolist(),
        "noise": float(1 - np.trace(calibrated) / calibrated.sum()),
        "issues": issues.tolist(),
        "margins": get_label_quality_scores(labels, p, method="normalized_margin").tolist(),
    }


a = np.round(random.normal(size=80), 3)
b = np.round(random.normal(0.4, 1.3, size=120), 3)
ties = random.randint(0, 4, 100)
first = random.randint(0, 2, 100)
counts = random.randint(5, 40, size=(3, 4))
ks = stats.ks_2samp(a, b)
rank = stats.mannwhitneyu(ties[first == 1], ties[first == 0], method="asymptotic", use_continuity=False)
chi = stats.chi2_contingency(counts, correction=False)
print(
    json.dumps(
        {
            "confident": [confident(2, 120), confident(4, 200)],
            "chiSquaredTail": [[x, k, float(stats.chi2.sf(x, k))] for x, k in [(3.1, 1), (0.2, 2), (14.2, 5), (80, 6), (600, 500), (700, 31)]],
            "kolmogorovSmirnov": {"a": a.tolist(), "b": b.tolist(), "gap": float(ks.statistic), "p": float(ks.pvalue)},
            "rankSum": {
                "values": ties.tolist(),
                "isFirst": first.tolist(),
                "area": float(rank.statistic / ((first == 1).sum() * (first == 0).sum())),
                "p": float(rank.pvalue),
            },
            "independence": {
                "counts": counts.tolist(),
                "p": float(chi.pvalue),
                "v": float(stats.contingency.association(counts, method="cramer")),
            },
        }
    )
)
