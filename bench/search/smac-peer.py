"""SMAC3 and hyperopt's TPE answer for a study, one JSON line at a time, as optuna-peer.py does.

in:  {"space": {...}, "directions": ["minimize"], "sampler": "smac", "seed": 1, "trials": 100}, then {"values": [0.5]} for each trial
out: {"params": {...}} for each trial, then {"seconds": ...}: the time inside of the sampler
"""
import json
import logging
import shutil
import sys
import tempfile
import time
import warnings
from importlib.metadata import version

import ConfigSpace
import hyperopt
import numpy
from ConfigSpace import CategoricalHyperparameter, Float, InCondition, Integer
from smac import HyperparameterOptimizationFacade, Scenario
from smac.runhistory.dataclasses import TrialValue

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def values_of(condition):
    return condition if isinstance(condition, list) else [condition]


class Smac:
    """The facade for hyperparameter optimisation as it is by default."""

    def __init__(self, job):
        space = ConfigSpace.ConfigurationSpace(seed=job["seed"])
        made = {}
        for name, spec in job["space"].items():
            made[name] = self.hyperparameter(name, spec)
            space.add(made[name])
        for name, spec in job["space"].items():
            conditions = [InCondition(made[name], made[p], values_of(v)) for p, v in spec.get("when", {}).items()]
            if conditions:
                space.add(conditions[0] if len(conditions) == 1 else ConfigSpace.AndConjunction(*conditions))
        self.folder = tempfile.mkdtemp()
        scenario = Scenario(space, deterministic=True, n_trials=job["trials"], seed=job["seed"], output_directory=self.folder)
        self.facade = HyperparameterOptimizationFacade(scenario, lambda config, seed=0: 0.0, logging_level=False, overwrite=True)

    def hyperparameter(self, name, spec):
        if "choice" in spec:
            return CategoricalHyperparameter(name, spec["choice"])
        kind, make = ("int", Integer) if "int" in spec else ("float", Float)
        if "step" not in spec:
            return make(name, tuple(spec[kind]), log=spec.get("log", False))
        low, high = spec[kind]
        count = int((high - low) / spec["step"] + 1e-9) + 1
        return ConfigSpace.OrdinalHyperparameter(name, [low + i * spec["step"] for i in range(count)])

    def ask(self):
        self.info = self.facade.ask()
        return {name: plain(value) for name, value in dict(self.info.config).items()}

    def tell(self, loss):
        self.facade.tell(self.info, TrialValue(cost=loss))

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class HyperoptTpe:
    """hyperopt's TPE as it is by default: 20 trials at random, then 24 candidates; conditions are nested choices."""

    def __init__(self, job):
        self.space = job["space"]
        hp = hyperopt.hp
        roots = [name for name, spec in self.space.items() if not spec.get("when")]
        self.domain = hyperopt.base.Domain(lambda params: 0.0, {name: self.node(hp, name) for name in roots})
        self.trials = hyperopt.Trials()
        self.random = numpy.random.default_rng(job["seed"])

    def node(self, hp, name):
        spec = self.space[name]
        if "choice" in spec:
            children = {
                choice: [c for c, s in self.space.items() if list(s.get("when", {}).items())[-1:] and self.opens(s, name, choice)]
                for choice in spec["choice"]
            }
            return hp.choice(name, [{"value": c, **{k: self.node(hp, k) for k in children[c]}} for c in spec["choice"]])
        kind = "int" if "int" in spec else "float"
        low, high = spec[kind]
        step = spec.get("step", 1 if kind == "int" else None)
        if spec.get("log"):
            return hp.loguniform(name, numpy.log(low), numpy.log(high))
        # quniform rounds to multiples of the step: counted from 0, each end has half a step of its own.
        if step:
            count = int((high - low) / step + 1e-9)
            return {"low": low, "step": step, "place": hp.quniform(name, -0.5, count + 0.5, 1)}
        return hp.uniform(name, low, high)

    def opens(self, spec, parent, choice):
        """A parameter hangs below the last parameter that its conditions name."""
        last, values = list(spec["when"].items())[-1]
        return last == parent and choice in values_of(values)

    def ask(self):
        ids = self.trials.new_trial_ids(1)
        self.trials.refresh()
        seed = int(self.random.integers(2**31 - 1))
        [self.doc] = hyperopt.tpe.suggest(ids, self.domain, self.trials, seed)
        values = {k: v[0] for k, v in self.doc["misc"]["vals"].items() if v}
        point = hyperopt.space_eval(self.domain.expr if hasattr(self.domain, "expr") else {}, values)
        return dict(self.flat(point))

    def flat(self, point):
        for name, value in point.items():
            if name == "value":
                continue
            spec = self.space[name]
            if "choice" in spec:
                yield name, plain(value["value"])
                yield from self.flat(value)
            elif isinstance(value, dict):
                place = round(value["low"] + round(value["place"]) * value["step"], 12)
                yield name, int(place) if "int" in spec else place
            else:
                low, high = spec["float"] if "float" in spec else spec["int"]
                inside = min(high, max(low, float(value)))
                yield name, round(inside) if "int" in spec else inside

    def tell(self, loss):
        self.doc["state"] = hyperopt.JOB_STATE_DONE
        self.doc["result"] = {"status": hyperopt.STATUS_OK, "loss": loss}
        self.trials.insert_trial_doc(self.doc)
        self.trials.refresh()

    def close(self):
        pass


def plain(value):
    return value.item() if isinstance(value, numpy.generic) else value


def run(job):
    sign = 1 if job["directions"][0] == "minimize" else -1
    start = time.perf_counter()
    sampler = {"smac": Smac, "hyperopt": HyperoptTpe}[job["sampler"]](job)
    seconds = time.perf_counter() - start
    for _ in range(job["trials"]):
        start = time.perf_counter()
        params = sampler.ask()
        seconds += time.perf_counter() - start
        print(json.dumps({"params": params}), flush=True)
        told = json.loads(sys.stdin.readline())
        start = time.perf_counter()
        sampler.tell(sign * told["values"][0])
        seconds += time.perf_counter() - start
    sampler.close()
    print(json.dumps({"seconds": seconds}), flush=True)


print(json.dumps({"version": f"smac {version('smac')}, hyperopt {version('hyperopt')}"}), flush=True)
for line in iter(sys.stdin.readline, ""):
    run(json.loads(line))
