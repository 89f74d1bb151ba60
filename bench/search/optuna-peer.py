"""Optuna answers for a study, one JSON line at a time, so that both sides search the very same objective.

in:  {"space": {...}, "directions": ["minimize"], "constraints": 0, "sampler": "tpe", "seed": 1, "trials": 100}, then
     {"values": [0.5], "constraints": []} for each trial
out: {"params": {...}} for each trial, then {"seconds": ...}: the time inside of Optuna
"""
import json
import sys
import time
import warnings

import optuna
import torch

torch.set_num_threads(1)
warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def distribution(spec):
    if "choice" in spec:
        return optuna.distributions.CategoricalDistribution(spec["choice"])
    kind, make = ("int", optuna.distributions.IntDistribution) if "int" in spec else ("float", optuna.distributions.FloatDistribution)
    low, high = spec[kind]
    options = {"log": spec.get("log", False)}
    if "step" in spec:
        options["step"] = spec["step"]
    return make(low, high, **options)


def suggest(trial, name, spec):
    d = distribution(spec)
    if isinstance(d, optuna.distributions.CategoricalDistribution):
        return trial.suggest_categorical(name, d.choices)
    method = trial.suggest_int if "int" in spec else trial.suggest_float
    return method(name, d.low, d.high, step=d.step if d.step else (1 if "int" in spec else None), log=d.log)


def configure(trial, space):
    params = {}
    for name, spec in space.items():
        met = all(params.get(p) in (v if isinstance(v, list) else [v]) for p, v in spec.get("when", {}).items())
        if met:
            params[name] = suggest(trial, name, spec)
    return params


def sampler_of(job):
    """Optuna's samplers as they are by default; the constraints' function and, for conditional spaces, TPE's groups are what a user would switch on."""
    conditional = any("when" in spec for spec in job["space"].values())
    kind, options = job["sampler"], {"seed": job["seed"]}
    if job["constraints"] and kind != "random":
        options["constraints_func"] = lambda trial: trial.user_attrs["constraints"]
    if kind == "tpe" and conditional:
        options.update(group=True, multivariate=True)
    kinds = {
        "random": optuna.samplers.RandomSampler,
        "tpe": optuna.samplers.TPESampler,
        "gp": optuna.samplers.GPSampler,
        "cma-es": optuna.samplers.CmaEsSampler,
        "nsga2": optuna.samplers.NSGAIISampler,
    }
    return kinds[kind](**options)


def run(job):
    study = optuna.create_study(directions=job["directions"], sampler=sampler_of(job))
    seconds = 0.0
    for _ in range(job["trials"]):
        start = time.perf_counter()
        trial = study.ask()
        params = configure(trial, job["space"])
        seconds += time.perf_counter() - start
        print(json.dumps({"params": params}), flush=True)
        told = json.loads(sys.stdin.readline())
        start = time.perf_counter()
        trial.set_user_attr("constraints", told["constraints"])
        study.tell(trial, told["values"])
        seconds += time.perf_counter() - start
    print(json.dumps({"seconds": seconds}), flush=True)


print(json.dumps({"version": optuna.__version__}), flush=True)
for line in iter(sys.stdin.readline, ""):
    run(json.loads(line))
