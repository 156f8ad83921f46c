from veracity_bench.reports.sections import order


def test_every_file_of_the_folder_is_a_section_with_a_title_of_its_own():
    titles = [section.title for section in order.sections()]
    assert len(set(titles)) == len(titles)
    assert titles[0] == "Overall"
    assert titles[-1] == "Timing"


def test_a_section_that_is_not_named_stands_between_experiments_and_accounts():
    named = {*order.SUMMARY, *order.QUESTIONS, *order.PAPER, *order.BEYOND, *order.ACCOUNTS}
    names = order.ordered({*named, "zebra", "another"})
    last, *new = names[names.index("scaffold") : names.index("attack")]
    assert (last, new) == ("scaffold", ["another", "zebra"])
    assert len(names) == len(named) + 2


def test_figures_keep_their_names_and_order():
    names = ["gap", "ranks", "curves", "localisation", "fidelity", "drawings", "stability", "budget", "agreement"]
    assert list(order.figures()) == names
    assert all(figure.alt for figure in order.figures().values())
