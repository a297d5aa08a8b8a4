"""Golden rows of rules that see a parameter whole, that average, or that are given the Hessian's diagonal, for settings of which no library that could be
run here has an exact form: the formula of the source in 40 digits.

Run:   python3 generate_matrix_rules.py      (needs mpmath; Debian: apt install python3-mpmath). Writes muon.paper.tsv, ... beside itself.
Columns as in generate.py; where the same formula with 24 bits is more than 2e-6 away, an eighth column says ten times how far, as float_tolerance
(a hundred times for prodigy, whose d is a ratio of sums that cancel). Formulas are written from the papers, without a look at the library's code. Where a file RULE.published.tsv has rows of
a published implementation, the formula here must first give those rows to 1e-12, or to the tolerance that the row states because the implementation
has a part in single precision, or nothing is written.
"""
import pathlib

from mpmath import diag, eye, matrix, mp, mpf, sin, sqrt

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


def rosenbrock_hessian(w, t):
    x, y = w[0, 0], w[0, 1]
    return matrix([[2 - 400 * y + 1200 * x * x, 200]])


def constant_hessian(w, t):
    return elementwise(lambda k, x: mpf(0.1), w)


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
    "drift": (drifting(lambda k: mpf(0.37) * k), START, constant_hessian),
    "drift-full-rank": (drifting(lambda k: mpf(1.3) * (k + 1) ** 2), START, constant_hessian),
    "rosenbrock": (rosenbrock, matrix([[mpf(-1.2), mpf(1)]]), rosenbrock_hessian),
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
    for step in range(int(h.newton_schulz_steps)):
        a, b, c = triple(h.coefficients, step)
        gram = x * x.T
        x = a * x + b * (gram * x) + c * (gram * (gram * x))
    ratio = mpf(w.rows) / w.cols
    scale = {"jordan": sqrt(max(1, ratio)), "moonlight": mpf(0.2) * sqrt(max(w.rows, w.cols)), "scion": sqrt(ratio)}[h.scale]
    return (1 - rate * h.weight_decay) * w - rate * scale * x


def each(function, *ws):
    """function of the elements of several matrices."""
    return elementwise(lambda k, x: function(x, *(w[k // w.cols, k % w.cols] for w in ws[1:])), ws[0])


def averaged(h, t, rate, s, y, update, beta):
    """The schedule-free average around an update; shows x."""
    rate *= t / h.warmup_steps if t < h.warmup_steps else 1
    z, s["largest"] = s.setdefault("z", y), max(rate, s.get("largest", 0))
    weight = mpf(t) ** h.averaging_power * s["largest"] ** h.averaging_rate_power
    s["sum"] = s.get("sum", 0) + weight
    x, share = s.get("x", y), weight / s["sum"]
    z = s["z"] = z - rate * update
    x = s["x"] = (1 - share) * x + share * z
    return (1 - beta) * z + beta * x, x


def schedule_free_sgd(h, t, rate, w, g, s):
    return averaged(h, t, rate, s, w, g + h.weight_decay * w, h.momentum)


def schedule_free_adamw(h, t, rate, w, g, s):
    v = s["v"] = each(lambda v, g: h.beta2 * v + (1 - h.beta2) * g * g, s.get("v", zeros(w)), g)
    update = each(lambda g, v, w: g / (sqrt(v / (1 - h.beta2 ** t)) + h.epsilon) + h.weight_decay * w, g, v, w)
    return averaged(h, t, rate, s, w, update, h.beta1)


def prodigy(h, t, rate, w, g, s):
    start, d, largest = s.setdefault("start", w), s.get("d", h.initial_d), s.get("largest", h.initial_d)
    beta3 = h.beta3 if h.beta3 else sqrt(h.beta2)
    length = d * rate * (sqrt(1 - h.beta2 ** t) / (1 - h.beta1 ** t) if h.bias_correction else 1)
    s["numerator"] = beta3 * s.get("numerator", 0) + d / h.initial_d * length * sum(x * (a - b) for x, a, b in zip(g, start, w))
    m = s["m"] = h.beta1 * s.get("m", zeros(w)) + d * (1 - h.beta1) * g
    v = s["v"] = each(lambda v, g: h.beta2 * v + d * d * (1 - h.beta2) * g * g, s.get("v", zeros(w)), g)
    s["s"] = beta3 * s.get("s", zeros(w)) + d / h.initial_d * (d if h.safeguard_warmup else length) * g
    estimate = h.d_coefficient * s["numerator"] / sum(abs(x) for x in s["s"])
    if d == h.initial_d:
        d = max(d, estimate)
    s["largest"] = max(largest, estimate)
    s["d"] = min(s["largest"], d * h.growth_rate) if h.growth_rate else s["largest"]
    return each(lambda w, m, v: w - length * h.weight_decay * w - length * m / (sqrt(v) + s["d"] * h.epsilon), w, m, v)


def lamb(h, t, rate, w, g, s):
    if h.max_gradient_norm and frobenius(g) > h.max_gradient_norm:
        g = g * (h.max_gradient_norm / frobenius(g))
    m = s["m"] = h.beta1 * s.get("m", zeros(w)) + (1 - h.beta1) * g
    v = s["v"] = each(lambda v, g: h.beta2 * v + (1 - h.beta2) * g * g, s.get("v", zeros(w)), g)
    c1, c2 = (1 - h.beta1 ** t, 1 - h.beta2 ** t) if h.bias_correction else (1, 1)
    u = each(lambda m, v, w: m / c1 / (sqrt(v / c2) + h.epsilon) + h.weight_decay * w, m, v, w)
    ratio = frobenius(w) / frobenius(u) if h.weight_decay or h.always_adapt else 1
    return w - rate * ratio * u


def lars(h, t, rate, w, g, s):
    u = g + h.weight_decay * w
    if h.weight_decay or h.always_adapt:
        u = u * (h.trust_coefficient * frobenius(w) / (frobenius(g) + h.weight_decay * frobenius(w) + h.epsilon))
    v = s["v"] = h.momentum * s.get("v", zeros(w)) + u
    return w - rate * (u + h.momentum * v if h.nesterov else v)


def root_mean_square(w):
    return frobenius(w) / sqrt(w.rows * w.cols)


def adafactor(h, t, rate, w, g, s):
    beta, n, m = 1 - mpf(t) ** -h.decay_exponent, w.rows, w.cols
    square = each(lambda g: g * g + h.epsilon, g)
    if min(n, m) >= max(2, h.smallest_factored):
        rows = s["r"] = [beta * old + (1 - beta) * sum(square[i, j] for j in range(m)) / m for i, old in enumerate(s.get("r", [0] * n))]
        columns = s["c"] = [beta * old + (1 - beta) * sum(square[i, j] for i in range(n)) / n for j, old in enumerate(s.get("c", [0] * m))]
        mean = sum(rows) / n
        u = elementwise(lambda k, g: g / sqrt(rows[k // m] * columns[k % m] / mean), g)
    else:
        v = s["v"] = beta * s.get("v", zeros(w)) + (1 - beta) * square
        u = each(lambda g, v: g / sqrt(v), g, v)
    u = u / max(1, root_mean_square(u) / h.clip_threshold)
    rate = rate * (min(h.learning_rate, 1 / sqrt(mpf(t))) / h.learning_rate if h.relative_step else 1)
    rate = rate * (max(h.epsilon_scale, root_mean_square(w)) if h.scale_parameter else 1)
    u = rate * u
    if h.beta1:
        u = s["m"] = h.beta1 * s.get("m", zeros(w)) + (1 - h.beta1) * u
    return (1 - rate * h.weight_decay) * w - u


def adahessian(h, t, rate, w, g, s):
    m = s["m"] = h.beta1 * s.get("m", zeros(w)) + (1 - h.beta1) * g
    if (t - 1) % int(h.interval) == 0:
        s["v"] = each(lambda v, d: h.beta2 * v + (1 - h.beta2) * d * d, s.get("v", zeros(w)), s["hessian"])
        s["n"] = s.get("n", 0) + 1
    keep, c2 = 1 - rate * h.weight_decay, 1 - h.beta2 ** s["n"]
    return each(lambda w, m, v: keep * w - rate * m / (1 - h.beta1 ** t) / (sqrt(v / c2) + h.epsilon), w, m, s["v"])


def sophia(h, t, rate, w, g, s):
    m = s["m"] = h.beta1 * s.get("m", zeros(w)) + (1 - h.beta1) * g
    if (t - 1) % int(h.interval) == 0:
        s["v"] = h.beta2 * s.get("v", zeros(w)) + (1 - h.beta2) * s["hessian"]
    clip = lambda x: max(-h.rho, min(h.rho, x))
    return each(lambda w, m, v: (1 - rate * h.weight_decay) * w - rate * clip(m / max(v, h.epsilon)), w, m, s.get("v", zeros(w)))


def power(symmetric, exponent):
    values, vectors = mp.eigsy(symmetric)
    return vectors * diag([x ** exponent for x in values]) * vectors.T


def shampoo(h, t, rate, w, g, s):
    u = g = g + h.weight_decay * w
    has_left, has_right = w.rows <= h.largest_side, w.cols <= h.largest_side
    exponent = -1 / (h.root if h.root else mpf(2 * max(1, has_left + has_right)))
    takes_roots = (t - 1) % int(h.interval) == 0
    if has_left:
        left = s["l"] = s.get("l", h.epsilon * eye(w.rows)) + g * g.T
        s["left"] = power(left, exponent) if takes_roots else s["left"]
        u = s["left"] * g
    if has_right:
        gathered = u if h.statistics == "sequential" else g
        right = s["r"] = s.get("r", h.epsilon * eye(w.cols)) + gathered.T * gathered
        s["right"] = power(right, exponent) if takes_roots else s["right"]
        u = u * s["right"]
    m = s["m"] = h.momentum * s.get("m", zeros(w)) + u
    return w - rate * m


def descending(symmetric):
    values, vectors = mp.eigsy(symmetric)
    return matrix([[vectors[i, j] for j in reversed(range(vectors.cols))] for i in range(vectors.rows)])


def soap(h, t, rate, w, g, s):
    beta = h.shampoo_beta if h.shampoo_beta else h.beta2
    sides = [side for side, length in (("l", w.rows), ("r", w.cols)) if length <= h.largest_side]

    def gather():
        for side in sides:
            product = g * g.T if side == "l" else g.T * g
            s[side] = beta * s.get(side, zeros(product)) + (1 - beta) * product

    if t == 1:
        gather()
        s["ql"], s["qr"], s["m"], s["v"] = eye(w.rows), eye(w.cols), zeros(w), zeros(w)
        for side in sides:
            s["q" + side] = descending(s[side])
        return w
    t -= 0 if h.counts_first_step else 1
    turned = s["ql"].T * g * s["qr"]
    m = s["m"] = h.beta1 * s["m"] + (1 - h.beta1) * g
    v = s["v"] = each(lambda v, g: h.beta2 * v + (1 - h.beta2) * g * g, s["v"], turned)
    length = rate * sqrt(1 - h.beta2 ** t) / (1 - h.beta1 ** t) if h.bias_correction else rate
    u = each(lambda m, v: m / (sqrt(v) + h.epsilon), s["ql"].T * m * s["qr"], v)
    w = (1 - rate * h.weight_decay) * (w - length * (s["ql"] * u * s["qr"].T))
    gather()
    if t % int(h.interval) == 0:
        for side in sides:
            basis = "q" + side
            q, statistic = s[basis], s[side]
            seen = q.T * statistic * q
            order = sorted(range(q.cols), key=lambda i: -seen[i, i])
            old = s["v"]
            s["v"] = elementwise(lambda k, _: old[order[k // w.cols], k % w.cols] if side == "l" else old[k // w.cols, order[k % w.cols]], old)
            turned = statistic * matrix([[q[i, j] for j in order] for i in range(q.rows)])
            s[basis] = mp.qr(turned)[0] if q.cols > 1 else q
    return w


# rule: (source, formula, defaults, rows); a row is (hyperparameters, problem[, schedule]).
RULES = {
    "muon": ("Jordan 2024 and the papers of the forms", muon, {
        "learning_rate": 0.02, "momentum": 0.95, "nesterov": True, "newton_schulz_steps": 5, "coefficients": "jordan", "scale": "jordan", "epsilon": 1e-7,
        "weight_decay": 0}, [
        ({}, "drift-full-rank", "inverse"),
        ({"learning_rate": 0.05, "momentum": 0.8, "nesterov": False, "weight_decay": 0.3}, "drift-full-rank"),
        ({"coefficients": "taylor", "scale": "moonlight", "newton_schulz_steps": 7}, "drift-full-rank"),
        ({"coefficients": "quintic", "scale": "scion", "newton_schulz_steps": 6, "weight_decay": 0.3}, "drift-full-rank", "inverse"),
        ({"coefficients": "polar-express", "epsilon": 0.05}, "drift-full-rank"),
        ({"coefficients": "polar-express", "newton_schulz_steps": 9}, "drift"),
        ({"scale": "scion", "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
    ]),
    "schedule-free-sgd": ("arXiv:2405.15682, equations 3 to 5", schedule_free_sgd, {
        "learning_rate": 1, "momentum": 0.9, "weight_decay": 0, "warmup_steps": 0, "averaging_power": 0, "averaging_rate_power": 2}, [
        ({"learning_rate": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.2, "momentum": 0.7, "weight_decay": 0.3, "warmup_steps": 7}, "drift"),
        ({"learning_rate": 0.2, "warmup_steps": 4, "averaging_power": 1.5, "averaging_rate_power": 1}, "drift"),
        ({"learning_rate": 0.001, "momentum": 0.95, "weight_decay": 2}, "rosenbrock"),
    ]),
    "schedule-free-adamw": ("arXiv:2405.15682, algorithm 1", schedule_free_adamw, {
        "learning_rate": 2.5e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0, "warmup_steps": 0, "averaging_power": 0,
        "averaging_rate_power": 2}, [
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.05, "beta1": 0.7, "beta2": 0.9, "warmup_steps": 7, "averaging_power": 1, "averaging_rate_power": 1}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.95, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
    ]),
    "prodigy": ("arXiv:2306.06101, algorithm 4, and the authors' code", prodigy, {
        "learning_rate": 1, "beta1": 0.9, "beta2": 0.999, "beta3": 0, "epsilon": 1e-8, "weight_decay": 0, "initial_d": 1e-6, "d_coefficient": 1,
        "growth_rate": 0, "bias_correction": False, "safeguard_warmup": False}, [
        ({"initial_d": 0.0001}, "drift"),
        ({"initial_d": 0.01, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.5, "initial_d": 0.001, "d_coefficient": 2, "growth_rate": 1.5, "beta1": 0.8, "beta2": 0.9, "beta3": 0.8}, "drift"),
        ({"initial_d": 0.001, "bias_correction": True, "safeguard_warmup": True, "growth_rate": 2}, "drift", "inverse"),
        ({"initial_d": 0.001, "bias_correction": True, "epsilon": 2, "beta2": 0.9}, "rosenbrock"),
    ]),
    "lamb": ("arXiv:1904.00962, algorithm 2", lamb, {
        "learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-6, "weight_decay": 0.01, "always_adapt": False,
        "bias_correction": True, "max_gradient_norm": 0}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "weight_decay": 0, "always_adapt": True}, "drift"),
        ({"learning_rate": 0.05, "weight_decay": 0, "bias_correction": False}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 2, "weight_decay": 0.3, "max_gradient_norm": 5}, "rosenbrock"),
    ]),
    "lars": ("arXiv:1708.03888, algorithm 1", lars, {
        "learning_rate": 1, "momentum": 0.9, "nesterov": False, "weight_decay": 0, "trust_coefficient": 1e-3, "epsilon": 1e-8,
        "always_adapt": False}, [
        ({"learning_rate": 0.05}, "drift"),
        ({"learning_rate": 2, "weight_decay": 0.3, "trust_coefficient": 0.02, "epsilon": 0.5}, "drift", "inverse"),
        ({"learning_rate": 2, "momentum": 0.5, "nesterov": True, "trust_coefficient": 0.02, "always_adapt": True}, "drift"),
        ({"learning_rate": 1, "weight_decay": 0.3, "trust_coefficient": 0.01, "epsilon": 50}, "rosenbrock"),
    ]),
    "adafactor": ("arXiv:1804.04235, algorithms 4 and 5", adafactor, {
        "learning_rate": 0.01, "beta1": 0, "decay_exponent": 0.8, "clip_threshold": 1, "relative_step": True, "scale_parameter": True,
        "epsilon": 1e-30, "epsilon_scale": 1e-3, "weight_decay": 0, "smallest_factored": 2}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.5, "decay_exponent": 0.5, "clip_threshold": 0.5, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "relative_step": False, "scale_parameter": False, "epsilon": 0.05}, "drift", "inverse"),
        ({"learning_rate": 0.3, "beta1": 0.6, "epsilon_scale": 0.6, "smallest_factored": 5, "weight_decay": 0.3, "epsilon": 0.01}, "drift", "inverse"),
    ]),
    "adahessian": ("arXiv:2006.00719, algorithm 1", adahessian, {
        "learning_rate": 0.1, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-16, "weight_decay": 0, "interval": 1}, [
        ({"learning_rate": 0.02, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.9, "interval": 3}, "rosenbrock"),
        ({"learning_rate": 0.1, "beta2": 0.95, "epsilon": 20, "weight_decay": 0.3, "interval": 2}, "rosenbrock"),
        ({"learning_rate": 0.02, "spatial_averaging": False}, "drift"),
    ]),
    "sophia-h": ("arXiv:2305.14342, algorithm 3", sophia, {
        "learning_rate": 0.06, "beta1": 0.96, "beta2": 0.99, "rho": 0.01, "epsilon": 1e-12, "weight_decay": 0, "interval": 10}, [
        ({}, "drift"),
        ({"learning_rate": 0.02, "rho": 2, "weight_decay": 0.3, "interval": 3, "epsilon": 0.05}, "drift", "inverse"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "rho": 0.1, "interval": 4}, "rosenbrock"),
        ({"learning_rate": 0.1, "beta2": 0.5, "rho": 1, "epsilon": 500, "interval": 2}, "rosenbrock"),
    ]),
    "shampoo": ("arXiv:1802.09568, algorithm 1", shampoo, {
        "learning_rate": 0.1, "momentum": 0, "epsilon": 1e-6, "root": 0, "interval": 1, "statistics": "gradient", "weight_decay": 0,
        "largest_side": 1024}, [
        ({"learning_rate": 0.05, "epsilon": 1e-3}, "drift-full-rank"),
        ({"learning_rate": 0.1, "momentum": 0.7, "interval": 3, "epsilon": 0.05, "weight_decay": 0.3}, "drift-full-rank", "inverse"),
        ({"learning_rate": 0.05, "interval": 1, "root": 3, "epsilon": 0.5}, "drift"),
        ({"learning_rate": 0.05, "interval": 2, "root": 2, "statistics": "sequential", "epsilon": 0.1}, "drift-full-rank"),
        ({"learning_rate": 0.05, "interval": 3, "largest_side": 4, "momentum": 0.5}, "drift-full-rank"),
        ({"learning_rate": 0.05, "largest_side": 3}, "drift"),
        ({"learning_rate": 0.1, "epsilon": 0.01, "interval": 10}, "drift-full-rank"),
        ({"learning_rate": 0.1, "interval": 1, "epsilon": 2}, "rosenbrock"),
    ]),
    "soap": ("arXiv:2409.11321, algorithm 3", soap, {
        "learning_rate": 3e-3, "beta1": 0.95, "beta2": 0.95, "shampoo_beta": 0, "epsilon": 1e-8, "weight_decay": 0.01, "interval": 10,
        "bias_correction": True, "counts_first_step": False, "largest_side": 1024}, [
        ({"learning_rate": 0.02, "interval": 4}, "drift-full-rank", "inverse"),
        ({"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.9, "shampoo_beta": 0.7, "epsilon": 0.05, "weight_decay": 0.3}, "drift-full-rank"),
        ({"learning_rate": 0.02, "interval": 3, "bias_correction": False, "epsilon": 0.01}, "drift-full-rank"),
        ({"learning_rate": 0.02, "interval": 3, "counts_first_step": True, "largest_side": 4}, "drift-full-rank", "inverse"),
        ({"learning_rate": 0.05, "epsilon": 0.5, "interval": 2}, "rosenbrock"),
    ]),
}


class Values:
    def __init__(self, defaults, given):
        for name, value in {**defaults, **given}.items():
            setattr(self, name, value if isinstance(value, (bool, str)) else mpf(value))


def iterates(rule, given, problem, schedule, bits=133):
    _, formula, defaults, _ = RULES[rule]
    gradient, w, hessian = PROBLEMS[problem]
    h, memory = Values(defaults, given), {}
    for t in range(STEPS):
        memory["hessian"], g = hessian(w, t), gradient(w, t)
        with mp.workprec(bits):
            # + rounds to the bits at work.
            result = formula(h, t + 1, +(h.learning_rate * SCHEDULES[schedule](t)), w, each(lambda x: +x, g), memory)
        w, shown = result if isinstance(result, tuple) else (result, result)
        if t + 1 in RECORDED:
            yield t + 1, list(shown)


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
            limit = float(row[7].split("=")[1]) if len(row) > 7 else 1e-12
            assert gap < limit, f"{rule} {settings} on {problem}, step {row[4]}: the published implementation is {float(gap):.1e} away"


def text(given):
    return str(given).lower() if isinstance(given, (bool, str)) else repr(given)


def main():
    for rule, (source, _, _, rows) in RULES.items():
        check(rule)
        with open(HERE / f"{rule}.paper.tsv", "w", newline="\n") as file:
            file.write("# name\thyperparameters\tproblem\tschedule\tstep\tsource\tparameters\n")
            for given, problem, schedule in ((*row, "constant")[:3] for row in rows):
                settings = " ".join(f"{key}={text(x)}" for key, x in given.items())
                gap = 0
                for (step, w), (_, single) in zip(iterates(rule, given, problem, schedule), iterates(rule, given, problem, schedule, 24)):
                    gap = max([gap] + [abs(x - y) / max(1, abs(x)) for x, y in zip(w, single)])
                    margin = 100 if rule == "prodigy" else 10
                    tolerance = f"\tfloat_tolerance={float(margin * gap):.1g}" if margin * gap > 2e-5 else ""
                    numbers = " ".join(f"{float(x):.17g}" for x in w)
                    file.write(f"{rule}\t{settings}\t{problem}\t{schedule}\t{step}\t{source}, in 40 digits\t{numbers}{tolerance}\n")


main()
