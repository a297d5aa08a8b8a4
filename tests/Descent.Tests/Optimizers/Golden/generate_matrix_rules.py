"""Golden rows of rules that see a parameter as a matrix, for settings of which no library that could be run here has an exact form: the formula of
the source in 40 digits.

Run:   python3 generate_matrix_rules.py      (needs mpmath; Debian: apt install python3-mpmath). Writes muon.paper.tsv, ... beside itself.
Columns as in generate.py. Formulas are written from the papers, without a look at the library's code. Where a file RULE.published.tsv has rows of
a published implementation, the formula here must first give those rows to 1e-12, or nothing is written.
"""
import pathlib

from mpmath import matrix, mp, mpf, sin, sqrt

mp.dps = 40
HERE = pathlib.Path(__file__).parent
STEPS = 25
RECORDED = (1, 2, 5, 25)
SCHEDULES = {"constant": lambda t: mpf(1), "inverse": lambda t: 1 / (1 + mpf(0.1) * t)}


def drifting(phase):
    def gradient(w, t):
        s = [mpf(0.5) * sin(phase(k) + mpf(0.11) * t) for k in range(20)]
        return elementwise(lambda k, x: s[k] + mpf(0.1) * x, w)
    return gradient


def rosenbrock(w, t):
    x, y = w[0, 0], w[0, 1]
    r = y - x * x
    return matrix([[-2 * (1 - x) - 400 * x * r, 200 * r]])


def elementwise(function, w):
    """function(k, w[k]) for every element, k counted along rows."""
    result = matrix(w.rows, w.cols)
    for i in range(w.rows):
        for j in range(w.cols):
            result[i, j] = function(i * w.cols + j, w[i, j])
    return result


START = matrix(4, 5)
for number in range(20):
    START[number // 5, number % 5] = mpf(-0.4 + number / 19)
PROBLEMS = {
    "drift": (drifting(lambda k: mpf(0.37) * k), START),
    "drift-full-rank": (drifting(lambda k: mpf(1.3) * (k + 1) ** 2), START),
    "rosenbrock": (rosenbrock, matrix([[mpf(-1.2), mpf(1)]])),
}


def zeros(w):
    return matrix(w.rows, w.cols)


def frobenius(w):
    return sqrt(sum(x * x for x in w))


SETS = {
    "jordan": [(3.4445, -4.7750, 2.0315)],
    "taylor": [(1.875, -1.25, 0.375)],
    "quintic": [(4.0848, -6.8946, 2.9270), (3.9505, -6.3029, 2.6377), (3.7418, -5.5913, 2.3037), (2.8769, -3.1427, 1.2046),
                (2.8366, -3.0525, 1.2012)],
    "polar-express": [
        (8.28721201814563, -23.595886519098837, 17.300387312530933), (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
        (3.9486908534822946, -2.908902115962949, 0.5518191394370137), (3.3184196573706015, -2.488488024314874, 0.51004894012372),
        (2.300652019954817, -1.6689039845747493, 0.4188073119525673), (1.891301407787398, -1.2679958271945868, 0.37680408948524835),
        (1.8750014808534479, -1.2500016453999487, 0.3750001645474248), (1.875, -1.25, 0.375)],
}


def triple(name, step):
    number = min(step, len(SETS[name]) - 1)
    a, b, c = (mpf(x) for x in SETS[name][number])
    safety = mpf(1.01) if name == "polar-express" and number < 7 else mpf(1)
    return a / safety, b / safety ** 3, c / safety ** 5


# Each formula: hyperparameters h, step t = 1, 2, ..., scheduled rate, parameter w, gradient g, memory s (a dictionary, empty at first).
def muon(h, t, rate, w, g, s):
    m = s["m"] = h.momentum * s.get("m", zeros(w)) + (1 - h.momentum) * g
    x = (1 - h.momentum) * g + h.momentum * m if h.nesterov else m
    x = x / (frobenius(x) * (mpf(1.01) if h.coefficients == "polar-express" else 1) + h.epsilon)
    for step in range(int(h.steps)):
        a, b, c = triple(h.coefficients, step)
        gram = x * x.T
        x = a * x + b * (gram * x) + c * (gram * (gram * x))
    ratio = mpf(w.rows) / w.cols
    scale = {"jordan": sqrt(max(1, ratio)), "moonlight": mpf(0.2) * sqrt(max(w.rows, w.cols)), "scion": sqrt(ratio)}[h.scale]
    return (1 - rate * h.weight_decay) * w - rate * scale * x


# rule: (source, formula, defaults, rows); a row is (hyperparameters, problem[, schedule]).
RULES = {
    "muon": ("Jordan 2024 and the papers of the forms", muon, {
        "learning_rate": 0.02, "momentum": 0.95, "nesterov": True, "steps": 5, "coefficients": "jordan", "scale": "jordan", "epsilon": 1e-7,
        "weight_decay": 0}, [
        ({}, "drift-full-rank", "inverse"),
        ({"learning_rate": 0.05, "momentum": 0.8, "nesterov": False, "weight_decay": 0.3}, "drift-full-rank"),
        ({"coefficients": "taylor", "scale": "moonlight", "steps": 7}, "drift-full-rank"),
        ({"coefficients": "quintic", "scale": "scion", "steps": 6, "weight_decay": 0.3}, "drift-full-rank", "inverse"),
        ({"coefficients": "polar-express", "epsilon": 0.05}, "drift-full-rank"),
        ({"coefficients": "polar-express", "steps": 9}, "drift"),
        ({"scale": "scion", "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
    ]),
}


class Values:
    def __init__(self, defaults, given):
        for name, value in {**defaults, **given}.items():
            setattr(self, name, value if isinstance(value, (bool, str)) else mpf(value))


def iterates(rule, given, problem, schedule):
    _, formula, defaults, _ = RULES[rule]
    gradient, w = PROBLEMS[problem]
    h, memory = Values(defaults, given), {}
    for t in range(STEPS):
        w = formula(h, t + 1, h.learning_rate * SCHEDULES[schedule](t), w, gradient(w, t), memory)
        if t + 1 in RECORDED:
            yield t + 1, list(w)


def value(text):
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text


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
    return str(given).lower() if isinstance(given, (bool, str)) else repr(given)


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
