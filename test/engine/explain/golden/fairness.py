"""Makes fairness.golden.json. Pinned: fairlearn==0.13.0, scikit-learn==1.7.2, numpy==2.3.5, pandas==2.3.3 (Python 3.11).

python -m venv PLACE && PLACE/bin/pip install fairlearn==0.13.0 scikit-learn==1.7.2 numpy==2.3.5 pandas==2.3.3
PLACE/bin/python fairness.py > fairness.golden.json
"""
import json

import numpy as np
from fairlearn.metrics import (
    MetricFrame,
    demographic_parity_difference,
    demographic_parity_ratio,
    equal_opportunity_difference,
    equalized_odds_difference,
    false_negative_rate,
    false_positive_rate,
    mean_prediction,
    selection_rate,
    true_positive_rate,
)
from sklearn.metrics import accuracy_score, mean_absolute_error, precision_score, root_mean_squared_error

ROWS = 400
random = np.random.RandomState(3)
group = random.choice(["a", "b", "c"], size=ROWS, p=[0.5, 0.3, 0.2])
shift = np.select([group == "a", group == "b"], [0.6, -0.4], 0.0)
score = np.round(random.normal(size=ROWS) + shift, 6)
probability = np.round(1 / (1 + np.exp(-score)), 9)
truth = (random.uniform(size=ROWS) < 1 / (1 + np.exp(-(score - 0.5 * shift)))).astype(int)
label = (probability > 0.5).astype(int)

frame = MetricFrame(
    metrics={
        "selection": selection_rate,
        "truePositive": true_positive_rate,
        "falsePositive": false_positive_rate,
        "falseNegative": false_negative_rate,
        "precision": precision_score,
        "accuracy": accuracy_score,
    },
    y_true=truth,
    y_pred=label,
    sensitive_features=group,
)
given = {"y_true": truth, "y_pred": label, "sensitive_features": group}
value = np.round(2 * score + random.normal(size=ROWS), 6)
errors = MetricFrame(
    metrics={"prediction": mean_prediction, "absolute": mean_absolute_error, "root": root_mean_squared_error},
    y_true=value,
    y_pred=score,
    sensitive_features=group,
)
print(
    json.dumps(
        {
            "group": group.tolist(),
            "probability": probability.tolist(),
            "truth": truth.tolist(),
            "byGroup": {name: frame.by_group[name].to_dict() for name in frame.by_group.columns},
            "differences": {
                "demographic parity difference": demographic_parity_difference(**given),
                "demographic parity ratio": demographic_parity_ratio(**given),
                "equal opportunity difference": equal_opportunity_difference(**given),
                "equalised odds difference": equalized_odds_difference(**given),
                "accuracy difference": float(frame.difference()["accuracy"]),
            },
            "score": score.tolist(),
            "value": value.tolist(),
            "errorsByGroup": {name: errors.by_group[name].to_dict() for name in errors.by_group.columns},
            "errorDifferences": {name: float(errors.difference()[name]) for name in errors.by_group.columns},
        }
    )
)
