"""Runs an OpenEvolve-style evaluate(program_path) -> dict, unmodified, and answers for it.

Arguments: the evaluator's file, the program's name in the candidate folder, the function; then, where a
mean is the metric, its name and those that are no part of it. What the request has under params are keyword
arguments of the function. Standard library only, Python 3.8 or newer. Copied to dist/python-evaluate/ as it is.

The nonce stays in this file: it is read and its file removed before any foreign line runs. A
candidate is loaded into this process or a child of it; the jail, not this file, is to hold it.
"""
import importlib.util
import json
import math
import os
import random
import sys
import traceback
import types


def provide_result_class():
    """Evaluators may import EvaluationResult from a package that need not be installed to score."""
    if importlib.util.find_spec("openevolve") is not None:
        return

    class EvaluationResult:
        def __init__(self, metrics=None, artifacts=None):
            self.metrics = {} if metrics is None else metrics
            self.artifacts = {} if artifacts is None else artifacts

        @classmethod
        def from_dict(cls, metrics):
            return cls(metrics)

        def to_dict(self):
            return self.metrics

        def has_artifacts(self):
            return len(self.artifacts) > 0

        def get_artifact_keys(self):
            return list(self.artifacts)

        def get_artifact_size(self, key):
            value = self.artifacts.get(key, "")
            return len(value if isinstance(value, bytes) else str(value).encode("utf-8"))

        def get_total_artifact_size(self):
            return sum(map(self.get_artifact_size, self.artifacts))

    package = types.ModuleType("openevolve")
    package.__path__ = []
    module = types.ModuleType("openevolve.evaluation_result")
    module.EvaluationResult = EvaluationResult
    package.evaluation_result = module
    sys.modules[package.__name__] = package
    sys.modules[module.__name__] = module


def load(path, name):
    sys.path.insert(0, os.path.dirname(path))
    spec = importlib.util.spec_from_file_location("evaluation_module", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluation_module"] = module
    spec.loader.exec_module(module)
    if not callable(getattr(module, name, None)):
        raise AttributeError("%s has no function %s(program_path)" % (path, name))
    return getattr(module, name)


def reseed(seed):
    """What an evaluator draws without a seed of its own depends on the case all the same."""
    os.environ["PACELINE_SEED"] = str(seed)
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(seed)


def plain(value):
    """JSON has no NaN; numbers of other libraries say what they are through item()."""
    if hasattr(value, "item") and not isinstance(value, float):
        try:
            value = value.item()
        except Exception:
            return repr(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(float(value))
    return value if isinstance(value, (bool, int, str)) or value is None else repr(value)


def metrics_of(result):
    metrics = getattr(result, "metrics", result)
    if not isinstance(metrics, dict):
        return {"error": "evaluate must return a dict of metrics, not " + type(result).__name__}
    return {str(name): plain(value) for name, value in metrics.items()}


def with_mean(metrics, mean):
    """As OpenEvolve scores what has no combined_score; a number that is none makes the mean none."""
    if mean and "combined_score" not in metrics:
        name, left_out = mean[0], {"error", *mean[1:]}
        numbers = [value for key, value in metrics.items() if key not in left_out and is_number(value)]
        if numbers:
            metrics[name] = plain(sum(map(float, numbers)) / len(numbers))
    return metrics


def is_number(value):
    return value in ("nan", "inf", "-inf") or isinstance(value, (int, float)) and not isinstance(value, bool)


def write_all(descriptor, text, write=os.write):
    data = text.encode("ascii")
    while data:
        data = data[write(descriptor, data):]


def main():
    _, evaluator, program, function, *mean = sys.argv
    instances = os.environ.pop("PACELINE_INSTANCES")
    descriptor = int(os.environ.pop("PACELINE_RESULT_FD"))
    with open(instances, encoding="utf-8") as file:
        asked = json.load(file)
    os.unlink(instances)
    dumps, leave = json.dumps, os._exit
    path = os.path.join(os.environ["PACELINE_CANDIDATE"], program)
    try:
        random.seed(0)
        provide_result_class()
        evaluate = load(evaluator, function)
        lines = []
        for case in asked["cases"]:
            reseed(case["seed"])
            metrics = with_mean(metrics_of(evaluate(path, **asked["params"])), mean)
            lines.append({"nonce": asked["nonce"], "index": case["index"], "metrics": metrics})
        write_all(descriptor, "".join(dumps(line) + "\n" for line in lines))
    except SystemExit as error:
        sys.stderr.write("\nevaluate gave no result: it called exit(%s).\n" % error.code)
        sys.stderr.flush()
        leave(1)
    except BaseException as error:
        traceback.print_exc()
        sys.stderr.write("%s: %s\n" % (type(error).__name__, error))
        sys.stderr.flush()
        leave(1)
    sys.stdout.flush()
    leave(0)


main()
