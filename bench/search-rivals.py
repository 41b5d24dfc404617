"""DEAP's CMA-ES on the functions of bench/search.ts: best of each seed and evaluations per CPU-second, as JSON.

Arguments: dimensions, evaluations of a run, runs.
"""
import json
import math
import os
import random
import sys
import time

# Threads of the linear algebra cost more than they save at 20 dimensions, and count as CPU time.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import deap
import numpy
from deap import base, cma, creator

DIMENSION, EVALS, SEEDS = map(int, sys.argv[1:])

creator.create("Loss", base.Fitness, weights=(-1.0,))
creator.create("Point", list, fitness=creator.Loss)


def rosenbrock(x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(len(x) - 1))


def rastrigin(x):
    return sum(v * v - 10 * math.cos(2 * math.pi * v) + 10 for v in x)


def run(loss, width, sigma, seed):
    numpy.random.seed(seed)
    random.seed(seed)
    start = [random.uniform(-width, width) for _ in range(DIMENSION)]
    strategy = cma.Strategy(centroid=start, sigma=sigma)
    best, used = math.inf, 0
    while used + strategy.lambda_ <= EVALS:
        points = strategy.generate(creator.Point)
        for point in points:
            point.fitness.values = (loss(point),)
            best = min(best, point.fitness.values[0])
        used += len(points)
        strategy.update(points)
    return best


def measure(loss, width, sigma):
    begun = time.process_time()
    best = [run(loss, width, sigma, seed) for seed in range(SEEDS)]
    return {"best": best, "evalsPerCpuSecond": SEEDS * EVALS / (time.process_time() - begun)}


found = {"rosenbrock": measure(rosenbrock, 2, 1), "rastrigin": measure(rastrigin, 5.12, 2)}
print(json.dumps({"version": deap.__version__, **found}))
