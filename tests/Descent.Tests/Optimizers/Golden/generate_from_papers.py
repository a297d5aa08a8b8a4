"""Golden rows of rules, and of settings of rules, for which no library that could be run here has an exact form: the formula of the source in 40 digits.

Run:   python3 generate_from_papers.py      (needs mpmath; Debian: apt install python3-mpmath). Writes lion.paper.tsv, ... beside itself.
Columns as in generate.py. Formulas are written from the papers, one coordinate at a time, without a look at the library's code. Where a file
RULE.published.tsv has rows of a published implementation, the formula here must first give those rows to 1e-12, or nothing is written.
"""
import pathlib

from mpmath import mp, mpf, sign, sqrt, sin

mp.dps = 40
HERE = pathlib.Path(__file__).parent
STEPS = 25
RECORDED = (1, 2, 5, 25)
SCHEDULES = {"constant": lambda t: mpf(1), "inverse": lambda t: 1 / (1 + mpf(0.1) * t)}


def drift(w, t):
    return [mpf(0.5) * sin(mpf(0.37) * k + mpf(0.11) * t) + mpf(0.1) * w[k] for k in range(20)]


def rosenbrock(w, t):
    x, y = w
    r = y - x * x
    return [-2 * (1 - x) - 400 * x * r, 200 * r]


PROBLEMS = {"drift": (drift, [-0.4 + k / 19 for k in range(20)]), "rosenbrock": (rosenbrock, [-1.2, 1.0])}


# Each formula: hyperparameters h, step t = 1, 2, ..., scheduled rate, parameter p, gradient g, memory s (a dictionary, empty at first).
def lion(h, t, rate, p, g, s):
    m = s.get("m", 0)
    direction = sign(h.beta1 * m + (1 - h.beta1) * g)
    s["m"] = h.beta2 * m + (1 - h.beta2) * g
    return p - rate * (direction + h.weight_decay * p)


def nesterov_seed002(h, t, rate, p, g, s):
    g, previous = g + h.weight_decay * p, s.get("v", 0)
    s["v"] = h.momentum * previous + g
    return p - rate * (g + 2 * h.momentum * previous)


def means(h, g, s):
    s["m"] = h.beta1 * s.get("m", 0) + (1 - h.beta1) * g
    s["v"] = h.beta2 * s.get("v", 0) + (1 - h.beta2) * g * g
    return s["m"], s["v"]


def amsgrad_optax(h, t, rate, p, g, s):
    m, v = means(h, g + h.weight_decay * p, s)
    s["u"] = max(s.get("u", 0), v / (1 - h.beta2 ** t))
    return p - rate * m / (1 - h.beta1 ** t) / (sqrt(s["u"]) + h.epsilon)


def nadam_optax(h, t, rate, p, g, s):
    m, v = means(h, g, s)
    m = h.beta1 * m / (1 - h.beta1 ** (t + 1)) + (1 - h.beta1) * g / (1 - h.beta1 ** t)
    return p - rate * h.weight_decay * p - rate * m / (sqrt(v / (1 - h.beta2 ** t)) + h.epsilon)


def rmsprop_keras(h, t, rate, p, g, s):
    v = s["v"] = h.rho * s.get("v", h.initial_accumulator) + (1 - h.rho) * g * g
    if h.centered:
        s["mean"] = h.rho * s.get("mean", 0) + (1 - h.rho) * g
        v -= s["mean"] ** 2
    s["b"] = h.momentum * s.get("b", 0) + rate * g / sqrt(v + h.epsilon)
    return p - rate * h.weight_decay * p - s["b"]


def adagrad_keras(h, t, rate, p, g, s):
    s["sum"] = s.get("sum", h.initial_accumulator) + g * g
    return p - rate * h.weight_decay * p - rate * g / sqrt(s["sum"] + h.epsilon)


def sgd_keras(h, t, rate, p, g, s):
    v = s["v"] = h.momentum * s.get("v", 0) - rate * g
    return p - rate * h.weight_decay * p + (h.momentum * v - rate * g if h.nesterov else v)


ADAM = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0}

# rule: (source, formula, defaults, rows); a row is (hyperparameters, problem[, schedule]).
RULES = {
    "lion": ("arXiv:2302.06675, algorithm 2", lion, {"learning_rate": 1e-4, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.8}, "drift"),
        ({"learning_rate": 0.02, "beta1": 0.6, "beta2": 0.9, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.02, "beta1": 0.3, "beta2": 0.7, "weight_decay": 0.3}, "rosenbrock"),
    ]),
    "nesterov-seed002": ("the formula of the notebook's code", nesterov_seed002, {"learning_rate": 1e-2, "momentum": 0.9, "weight_decay": 0}, [
        ({}, "drift", "inverse"),
        ({"learning_rate": 0.02, "momentum": 0.7, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.0002, "momentum": 0.5, "weight_decay": 2}, "rosenbrock"),
    ]),
    "amsgrad-optax": ("optax, scale_by_amsgrad", amsgrad_optax, ADAM, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.8, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "nadam-optax": ("optax, scale_by_adam with nesterov=True", nadam_optax, ADAM, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "rmsprop-keras": ("keras 3, RMSprop", rmsprop_keras, {"learning_rate": 1e-3, "rho": 0.9, "momentum": 0, "epsilon": 1e-7, "centered": False,
                                                          "initial_accumulator": 0, "weight_decay": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.02, "rho": 0.8, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.02, "epsilon": 2, "centered": True, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.02, "epsilon": 0.05, "centered": True, "initial_accumulator": 0.4}, "drift"),
        ({"learning_rate": 0.005, "epsilon": 0.05, "momentum": 0.8, "initial_accumulator": 1}, "drift", "inverse"),
        ({"learning_rate": 0.005, "epsilon": 0.05, "centered": True, "momentum": 0.8, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "adagrad-keras": ("keras 3, Adagrad", adagrad_keras, {"learning_rate": 1e-3, "initial_accumulator": 0.1, "epsilon": 1e-7,
                                                          "weight_decay": 0}, [
        ({"learning_rate": 0.01}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.1, "initial_accumulator": 3, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "sgd-keras": ("keras 3, SGD", sgd_keras, {"learning_rate": 1e-2, "momentum": 0.9, "nesterov": False, "weight_decay": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "nesterov": True}, "drift"),
        ({"learning_rate": 0.05, "momentum": 0.8, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.05, "nesterov": True, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.0002, "momentum": 0.7, "nesterov": True}, "rosenbrock", "inverse"),
    ]),
}


class Values:
    def __init__(self, defaults, given):
        for name, value in {**defaults, **given}.items():
            setattr(self, name, value if isinstance(value, bool) else mpf(value))


def iterates(rule, given, problem, schedule):
    _, formula, defaults, _ = RULES[rule]
    gradient, start = PROBLEMS[problem]
    h, w = Values(defaults, given), [mpf(x) for x in start]
    memory = [{} for _ in w]
    for t in range(STEPS):
        rate, gradients = h.learning_rate * SCHEDULES[schedule](t), gradient(w, t)
        w = [formula(h, t + 1, rate, p, g, s) for p, g, s in zip(w, gradients, memory)]
        if t + 1 in RECORDED:
            yield t + 1, w


def value(text):
    return text == "true" if text in ("true", "false") else float(text)


def check(rule):
    """The formula against the rows of a published implementation, where there are some."""
    file = HERE / f"{rule}.published.tsv"
    rows = [line.split("\t") for line in file.read_text().splitlines() if line[0] != "#"] if file.exists() else []
    for settings, problem, schedule in {(row[1], row[2], row[3]) for row in rows}:
        given = {key: value(x) for key, x in (pair.split("=") for pair in settings.split())}
        computed = dict(iterates(rule, given, problem, schedule))
        for row in (row for row in rows if (row[1], row[2], row[3]) == (settings, problem, schedule)):
            gap = max(abs(x - float(y)) for x, y in zip(computed[int(row[4])], row[6].split()))
            assert gap < 1e-12, f"{rule} {settings} on {problem}, step {row[4]}: the published implementation is {float(gap):.1e} away"


def text(given):
    return str(given).lower() if isinstance(given, bool) else repr(given)


def main():
    for rule, (source, _, _, rows) in RULES.items():
        check(rule)
        with open(HERE / f"{rule}.paper.tsv", "w", newline="\n") as file:
            file.write("# name\thyperparameters\tproblem\tschedule\tstep\tsource\tparameters\n")
            for given, problem, schedule in ((*row, "constant")[:3] for row in rows):
                settings = " ".join(f"{key}={text(x)}" for key, x in given.items())
                for step, w in iterates(rule, given, problem, schedule):
                    numbers = " ".join(f"{float(x):.17g}" for x in w)
                    file.write(f"{rule}\t{settings}\t{problem}\t{schedule}\t{step}\t{source}, in 40 digits\t{numbers}\n")


main()
