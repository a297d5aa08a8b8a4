"""Golden rows of rules, and of settings of rules, that no library at hand computes exactly: the source's formula in 40 digits.

Run:   python3 generate_from_papers.py      (needs mpmath; Debian: apt install python3-mpmath). Writes lion.paper.tsv, ... beside itself.
Columns as in generate.py. Formulas are written from the papers, one coordinate at a time, without a look at the library's code. Where a file
RULE.published.tsv or RULE.tsv has rows of a published implementation, the formula here must first give those rows to 2e-11, or nothing is written; the
largest gap is pytorch_optimizer's AdaBelief, which corrects the outer epsilon of 1e-16 too.
"""
import pathlib

from mpmath import exp, log, mp, mpf, sign, sin, sqrt

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


def nadamw(h, t, rate, p, g, s):
    m, v = means(h, g, s)
    m = (h.beta1 * m + (1 - h.beta1) * g) / (1 - h.beta1 ** t)
    return p - rate * h.weight_decay * p - rate * m / (sqrt(v / (1 - h.beta2 ** t)) + h.epsilon)


def adabelief(h, t, rate, p, g, s):
    m = s["m"] = h.beta1 * s.get("m", 0) + (1 - h.beta1) * g
    s["s"] = h.beta2 * s.get("s", 0) + (1 - h.beta2) * (g - m) ** 2 + h.epsilon
    return p - rate * h.weight_decay * p - rate * m / (1 - h.beta1 ** t) / (sqrt(s["s"] / (1 - h.beta2 ** t)) + h.epsilon)


def signum(h, t, rate, p, g, s):
    s["m"] = h.momentum * s.get("m", 0) + (1 - h.momentum) * g
    return p - rate * (sign(s["m"]) + h.weight_decay * p)


def yogi(h, t, rate, p, g, s):
    m = s["m"] = h.beta1 * s.get("m", h.initial_mean) + (1 - h.beta1) * g
    v = s.get("v", h.initial_accumulator)
    v = s["v"] = v - (1 - h.beta2) * sign(v - g * g) * g * g
    return p - rate * h.weight_decay * p - rate * m / (1 - h.beta1 ** t) / (sqrt(v / (1 - h.beta2 ** t)) + h.epsilon)


def adan(h, t, rate, p, g, s):
    difference = g - s.get("g", g)
    s["g"] = g
    s["m"] = h.beta1 * s.get("m", 0) + (1 - h.beta1) * g
    s["d"] = h.beta2 * s.get("d", 0) + (1 - h.beta2) * difference
    s["n"] = h.beta3 * s.get("n", 0) + (1 - h.beta3) * (g + h.beta2 * difference) ** 2
    step = s["m"] / (1 - h.beta1 ** t) + h.beta2 * s["d"] / (1 - h.beta2 ** t)
    return (p - rate * step / (sqrt(s["n"] / (1 - h.beta3 ** t)) + h.epsilon)) / (1 + h.weight_decay * rate)


def ademamix(h, t, rate, p, g, s):
    m, v = means(h, g, s)
    beta3, alpha = h.beta3, h.alpha
    if h.warmup_steps > 0:
        done, low, high = t / h.warmup_steps, log(h.beta1), log(h.beta3)
        alpha = min(done * alpha, alpha)
        beta3 = min(exp(low * high / ((1 - done) * high + done * low)), beta3) if done < 1 else beta3
    s["slow"] = beta3 * s.get("slow", 0) + (1 - beta3) * g
    step = m / (1 - h.beta1 ** t) + alpha * s["slow"]
    return p - rate * (step / (sqrt(v / (1 - h.beta2 ** t)) + h.epsilon) + h.weight_decay * p)


def adopt(h, t, rate, p, g, s):
    if not h.decoupled_weight_decay:
        g += h.weight_decay * p
    if t == 1:
        s["v"] = g * g
        return p
    limit = mpf(t - 1) ** h.clip_exponent
    c = g / max(sqrt(s["v"]), h.epsilon)
    c = min(max(c, -limit), limit) if h.clip_scaled else c
    s["m"] = h.beta1 * s.get("m", 0) + (1 - h.beta1) * c
    s["v"] = h.beta2 * s["v"] + (1 - h.beta2) * g * g
    return p - rate * s["m"] - (rate * h.weight_decay * p if h.decoupled_weight_decay else 0)


def qhm(h, t, rate, p, g, s):
    g += h.weight_decay * p
    s["m"] = h.momentum * s.get("m", 0) + (1 - h.momentum) * g
    return p - rate * ((1 - h.nu) * g + h.nu * s["m"])


def qhadam(h, t, rate, p, g, s):
    g += h.weight_decay * p
    m, v = means(h, g, s)
    above = (1 - h.nu1) * g + h.nu1 * m / (1 - h.beta1 ** t)
    return p - rate * above / (sqrt((1 - h.nu2) * g * g + h.nu2 * v / (1 - h.beta2 ** t)) + h.epsilon)


def asgd(h, t, rate, p, g, s):
    rate /= (1 + getattr(h, "lambda") * rate * (t - 1)) ** h.alpha
    return p - rate * getattr(h, "lambda") * p - rate * (g + h.weight_decay * p)


def rprop(h, t, rate, p, g, s):
    size, agreement = s.get("size", h.learning_rate), sign(g) * sign(s.get("g", 0))
    size *= h.eta_plus if agreement > 0 else h.eta_minus if agreement < 0 else 1
    s["size"] = min(max(size, h.step_size_min), h.step_size_max)
    s["g"] = 0 if agreement < 0 else g
    return p - rate / h.learning_rate * s["size"] * sign(s["g"])


def cautious(h, t, rate, p, g, s):
    """Sees a whole tensor: lists where the others have numbers."""
    both = [means(h, x, memory) for x, memory in zip(g, s)]
    mask = [1 if m * x > 0 else 0 for (m, _), x in zip(both, g)]
    share = max(mpf(sum(mask)) / len(mask), mpf(0.001))
    steps = [k / share * m / (1 - h.beta1 ** t) / (sqrt(v / (1 - h.beta2 ** t)) + h.epsilon) for k, (m, v) in zip(mask, both)]
    return [x - rate * h.weight_decay * x - rate * step for x, step in zip(p, steps)]


WHOLE = {"cautious"}
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
    "nadamw": ("arXiv:1910.05446, table 1", nadamw, {**ADAM, "weight_decay": 1e-2}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "adabelief": ("arXiv:2010.07468, algorithm 2", adabelief, {**ADAM, "epsilon": 1e-16}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.001, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "signum": ("arXiv:1802.04434, algorithm 2", signum, {"learning_rate": 1e-3, "momentum": 0.9, "weight_decay": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.02, "momentum": 0}, "drift"),
        ({"learning_rate": 0.02, "momentum": 0.5, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.02, "momentum": 0, "weight_decay": 0.3}, "rosenbrock", "inverse"),
    ]),
    "yogi": ("Zaheer et al. 2018, algorithm 2, corrected", yogi, {**ADAM, "learning_rate": 1e-2, "epsilon": 1e-3, "initial_accumulator": 1e-6,
                                                                  "initial_mean": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "beta2": 0.9, "epsilon": 0.05, "initial_accumulator": 0.2}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.7, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta2": 0.95, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "adan": ("arXiv:2208.06677, algorithm 1", adan, {"learning_rate": 1e-3, "beta1": 0.98, "beta2": 0.92, "beta3": 0.99, "epsilon": 1e-8,
                                                    "weight_decay": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.7, "beta3": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "ademamix": ("arXiv:2409.03137, algorithm 1", ademamix, {**ADAM, "beta3": 0.9999, "alpha": 5, "warmup_steps": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "beta3": 0.95, "alpha": 2, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "beta3": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.02, "beta3": 0.99, "warmup_steps": 15, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.02, "beta3": 0.999, "warmup_steps": 100, "epsilon": 0.05}, "drift"),
    ]),
    "adopt": ("arXiv:2411.02853, algorithm 2", adopt, {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.9999, "epsilon": 1e-6, "clip_scaled": True,
                                                      "clip_exponent": 0.25, "weight_decay": 0, "decoupled_weight_decay": False}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "clip_scaled": False, "beta2": 0.9, "epsilon": 0.3}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.5, "beta2": 0.7, "epsilon": 0.01, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta2": 0.95, "epsilon": 0.05, "weight_decay": 0.3, "decoupled_weight_decay": True}, "drift", "inverse"),
    ]),
    "qhm": ("arXiv:1810.06801, algorithm 1", qhm, {"learning_rate": 1e-2, "momentum": 0.999, "nu": 0.7, "weight_decay": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.5, "momentum": 0.9, "nu": 0.5}, "drift"),
        ({"learning_rate": 0.5, "momentum": 0.8, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.0003, "momentum": 0.9, "nu": 0.3, "weight_decay": 2}, "rosenbrock"),
    ]),
    "qhadam": ("arXiv:1810.06801, algorithm 2", qhadam, {**ADAM, "beta1": 0.995, "nu1": 0.7, "nu2": 1}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "nu1": 0.4, "nu2": 0.6, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "nu2": 0.8, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "nu1": 1, "nu2": 0, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "cautious": ("arXiv:2411.16085, its authors' scale", cautious, {**ADAM, "weight_decay": 1e-2}, [
        ({}, "drift"),
        ({"learning_rate": 0.2, "beta1": 0.95, "beta2": 0.9, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.2, "beta1": 0.97, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    # PyTorch's schedules act late on these two, or not at all.
    "asgd": ("the formula of PyTorch's ASGD", asgd, {"learning_rate": 1e-2, "lambda": 1e-4, "alpha": 0.75, "t0": 1e6, "weight_decay": 0}, [
        ({"learning_rate": 0.1, "lambda": 0.5, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "rprop": ("the formula of PyTorch's Rprop", rprop, {"learning_rate": 1e-2, "eta_minus": 0.5, "eta_plus": 1.2, "step_size_min": 1e-6,
                                                       "step_size_max": 50}, [
        ({"learning_rate": 0.02}, "drift", "inverse"),
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
        if rule in WHOLE:
            w = formula(h, t + 1, rate, w, gradients, memory)
        else:
            w = [formula(h, t + 1, rate, p, g, s) for p, g, s in zip(w, gradients, memory)]
        if t + 1 in RECORDED:
            yield t + 1, w


def value(text):
    return text == "true" if text in ("true", "false") else float(text)


def check(rule):
    """The formula against the rows of published implementations, where there are some."""
    files = [file for file in (HERE / f"{rule}.published.tsv", HERE / f"{rule}.tsv") if file.exists()]
    rows = [line.split("\t") for file in files for line in file.read_text().splitlines() if line[0] != "#"]
    for settings, problem, schedule in {(row[1], row[2], row[3]) for row in rows}:
        given = {key: value(x) for key, x in (pair.split("=") for pair in settings.split())}
        computed = dict(iterates(rule, given, problem, schedule))
        for row in (row for row in rows if (row[1], row[2], row[3]) == (settings, problem, schedule)):
            gap = max(abs(x - float(y)) for x, y in zip(computed[int(row[4])], row[6].split()))
            assert gap < 2e-11, f"{rule} {settings} on {problem}, step {row[4]}: the published implementation is {float(gap):.1e} away"


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
