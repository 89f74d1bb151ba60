"""Makes scikit-learn.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python scikit-learn.golden.py > scikit-learn.golden.json"""
import json
import numpy as np
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import mutual_info_score
from sklearn.model_selection import KFold
from sklearn.preprocessing import PowerTransformer, QuantileTransformer, TargetEncoder

rng = np.random.default_rng(5)


def rounded(a):
    return np.round(np.asarray(a, dtype=float), 12).tolist()


def scale(name, transformer, train):
    train = np.round(train, 10)
    apply = np.concatenate([np.quantile(train, [0.02, 0.2, 0.5, 0.77, 0.97]), np.sort(train)[5:190:20]])
    fitted = transformer.fit(train[:, None])
    return {"name": name, "train": train.tolist(), "apply": apply.tolist(), "scaled": rounded(fitted.transform(apply[:, None])[:, 0]),
            "lambda": float(fitted.lambdas_[0]) if name == "power" else None}


skewed = rng.lognormal(0, 1, 200)
signed = rng.normal(size=200) ** 3 + 1
scales = [
    scale("power", PowerTransformer(), skewed),
    scale("power", PowerTransformer(), signed),
    scale("power", PowerTransformer(), rng.normal(50, 3, 200)),
    scale("quantile", QuantileTransformer(n_quantiles=10, output_distribution="normal"), skewed),
    scale("quantile", QuantileTransformer(n_quantiles=10, output_distribution="normal"), signed),
]

levels = rng.choice(list("abcdefgh"), 120, p=[0.3, 0.2, 0.15, 0.1, 0.1, 0.08, 0.05, 0.02])
values = rng.normal(size=120) + (levels == "a") * 2
classes = rng.integers(0, 3, 120)


def target(y, kind):
    encoder = TargetEncoder(target_type=kind, smooth=10.0).fit(levels[:, None], y)
    folds = np.zeros(120, dtype=int)
    cross = None
    for k, (learn, rest) in enumerate(KFold(5).split(levels)):
        folds[rest] = k
        part = TargetEncoder(target_type=kind, smooth=10.0).fit(levels[learn][:, None], y[learn]).transform(levels[rest][:, None])
        cross = np.zeros((120, part.shape[1])) if cross is None else cross
        cross[rest] = part
    return {"kind": kind, "levels": levels.tolist(), "y": np.asarray(y).tolist(), "folds": folds.tolist(), "cross": rounded(cross.ravel()),
            "apply": list("abchz"), "encoded": rounded(encoder.transform(np.array(list("abchz"))[:, None]).ravel())}


texts = ["The cat sat on the mat", "a dog, a cat; a mouse!", "dogs and cats don't mix", "the dog sat", "mouse mouse mouse cat",
         "Über den Wolken sat the cat", "", "über alles: the mat", "x y z"]
vectorizer = TfidfVectorizer(min_df=2).fit(texts)
applied = ["the cat and the unknown dog", "nothing known", "Mouse über mat mat"]

terms = rng.poisson(rng.gamma(0.3, 6, (60, 4)) @ rng.gamma(0.3, 2, (4, 25))).astype(float)
svd = TruncatedSVD(4, algorithm="arpack", random_state=0).fit(terms)

numbers = rng.normal(size=(80, 5)) @ rng.normal(size=(5, 5)) + [0, 5, 0, 1, 2]
standard = (numbers - numbers.mean(axis=0)) / numbers.std(axis=0)
pca = PCA().fit(standard)

x, y = rng.integers(0, 6, 150), rng.integers(0, 3, 150)
y[x == 2] = 1

print(json.dumps({
    "scales": scales,
    "targets": [target(values, "continuous"), target((classes > 0).astype(int), "binary"), target(classes, "multiclass")],
    "tfidf": {"texts": texts, "terms": vectorizer.get_feature_names_out().tolist(), "apply": applied,
              "weights": rounded(vectorizer.transform(applied).toarray().ravel())},
    "svd": {"rows": terms.tolist(), "singular": rounded(svd.singular_values_), "size": rounded(np.abs(svd.transform(terms)[:5]).ravel())},
    "pca": {"columns": numbers.T.tolist(), "shares": rounded(pca.explained_variance_ratio_),
            "size": rounded(np.abs(pca.transform(standard)[:5]).ravel())},
    "information": {"x": x.tolist(), "y": y.tolist(), "nats": float(mutual_info_score(x, y))},
}))
