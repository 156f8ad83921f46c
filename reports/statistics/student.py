"""How far does an estimate from a few songs stray? Student's t at the confidence of all intervals."""

from scipy.special import stdtrit

CONFIDENCE = 0.95


def t_quantile(units: int) -> float:
    """Return how many standard errors, estimated from so many units (>= 2), an interval reaches to either side."""
    return float(stdtrit(units - 1, (1 + CONFIDENCE) / 2))
