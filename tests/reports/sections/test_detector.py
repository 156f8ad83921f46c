from boards import cells, curve, material

from veracity_bench.reports.sections.detector import training_runs


def run(seed, **scores):
    place = {"experiment": "detector", "variant": f"seed {seed}"}
    return [{**place, "metric": metric, "value": value} for metric, value in scores.items()]


def test_runs_their_mean_and_the_papers():
    """Errors of 10 and 14 %: 12 on average, sqrt(2) * 2 is the sample standard deviation."""
    rows = [*run(0, error=0.10, recall=0.9, auc=0.95), *run(1, error=0.14, recall=0.9, threshold=0.5)]
    assert cells(training_runs(material(rows))) == {
        "run": ["error", "recall", "specificity", "AUC", "threshold"],
        "seed 0": ["10.00", "90.00", "-", "0.950", "-"],
        "seed 1": ["14.00", "90.00", "-", "-", "0.500"],
        "all": ["12.00 ± 2.83", "90.00 ± 0.00", "-", "0.950", "0.500"],
        "paper, 5 runs": ["11.54 ± 0.96", "89.61 ± 1.71", "87.46 ± 1.00", "-", "-"],
    }


def test_without_runs_there_is_nothing_to_show():
    assert training_runs(material(curve("lime", [0, 1]))) == "-"
