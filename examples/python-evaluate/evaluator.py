"""Random walks seen through noise: how far off is the program's word about the next step?"""
import importlib.util
import random

SERIES = 200
LENGTH = 30


def evaluate(program_path):
    spec = importlib.util.spec_from_file_location("program", program_path)
    program = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(program)
        loss = sum(squared_error(program) for _ in range(SERIES)) / SERIES
        return {"loss": loss, "combined_score": 1 / (1 + loss)}
    except Exception as error:
        return {"combined_score": 0.0, "error": str(error)}


def squared_error(program):
    level = 0.0
    seen = []
    for _ in range(LENGTH):
        level += random.gauss(0, 0.3)
        seen.append(level + random.gauss(0, 1))
    return (program.run(seen) - level) ** 2
