"""
Gives inputs to a candidate, in the jail, as solver.mjs does: the task's module has
`solve(candidate, input, params)`, which loads the candidate from its folder and returns what it makes
of the input. Argument: the module's path. Standard library only, Python 3.8 or newer.

Questions on descriptor 0, answers on descriptor 3: a length of four bytes, big-endian, and that many
bytes of JSON. What it needs is taken before any foreign line runs.
"""
import importlib.util
import json
import os
import sys
import time

PATH = sys.argv[1]
CANDIDATE = os.getcwd()
ANSWERS = 3
read, write, dumps, loads, cpu = os.read, os.write, json.dumps, json.loads, time.process_time
sys.path[:0] = [CANDIDATE, os.path.dirname(PATH)]
OURS = frozenset(sys.modules)


def take(count):
    taken = b""
    while len(taken) < count:
        more = read(0, count - len(taken))
        if not more:
            os._exit(0)  # Nobody asks any more.
        taken += more
    return taken


def next_question():
    return loads(take(int.from_bytes(take(4), "big")).decode("utf-8"))


def answer(value):
    body = dumps(value, allow_nan=False).encode("utf-8")
    left = len(body).to_bytes(4, "big") + body
    while left:
        left = left[write(ANSWERS, left):]


def places(module):
    """Of a package without __init__.py its folders: it would keep the modules that were taken from it."""
    return [getattr(module, "__file__", None) or "", *(getattr(module, "__path__", None) or ())]


def is_tasks(place):
    return any((str(place) + os.sep).startswith(folder + os.sep) for folder in (CANDIDATE, os.path.dirname(PATH)))


def fresh():
    """The solver, loaded anew: what the task or the candidate imported before is forgotten."""
    for name in [name for name in sys.modules if name not in OURS]:
        if any(map(is_tasks, places(sys.modules[name]))):
            del sys.modules[name]
    spec = importlib.util.spec_from_file_location("paceline_solver", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def loaded():
    """What solves; where it cannot be loaded, what says so to every input: no earlier one answers."""
    try:
        return fresh().solve
    except BaseException as error:
        why = error

        def unloaded(*_):
            raise why

        return unloaded


def output_of(solve, given, params):
    try:
        output = solve(CANDIDATE, given, params)
        if output is None:
            return {"failed": "solve gave nothing"}
        # Taken apart here: NaN, what JSON cannot hold and what no other reader of it can are refused.
        text = dumps(output, allow_nan=False, default=listed)
        return {"output": loads(text, parse_int=exact)}
    except BaseException as error:  # SystemExit and KeyboardInterrupt are a candidate's, too.
        return {"failed": said(error)}


def listed(value):
    """Arrays and numbers of other libraries say what they are."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError("solve gave what JSON cannot hold: %s" % type(value).__name__)


def exact(digits):
    """A judge reads a number as a double: one that is none would be rounded, or infinite."""
    number = int(digits)
    if abs(number) <= 2**53 or (abs(number) < 2**1023 and int(float(number)) == number):
        return number
    raise ValueError("solve gave an integer that no double holds: return it as a text")


def said(error):
    try:
        # A longer text would be over the limit of all inputs.
        return f"{type(error).__name__}: {error}".replace(CANDIDATE + os.sep, "")[:1000]
    except BaseException:
        return "an error that cannot be said"


def reply(question):
    global solve
    before = cpu()
    inputs, params = question["inputs"], question["params"]
    try:
        if question["isFirst"]:
            solve = loaded()
        outputs = [output_of(solve, given, params) for given in inputs]
    except BaseException as error:
        outputs = [{"failed": said(error)} for _ in inputs]
    cost = max(0.0, (cpu() - before) * 1000)
    return {"nonce": question["nonce"], "outputs": outputs, "cpuMs": cost}


solve = None
while True:
    answer(reply(next_question()))
