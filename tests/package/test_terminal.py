from types import SimpleNamespace

from veracity_bench.terminal import terminal_width, wrapped


def config(reporter):
    plugins = SimpleNamespace(get_plugin=lambda name: reporter)
    return SimpleNamespace(pluginmanager=plugins, get_terminal_writer=lambda: SimpleNamespace(fullwidth=80))


def test_only_a_terminal_has_a_width():
    assert terminal_width(config(SimpleNamespace(isatty=True))) == 80
    assert terminal_width(config(SimpleNamespace(isatty=False))) is None
    assert terminal_width(config(None)) is None


def test_lines_are_broken_between_words_and_paths_stay_whole():
    line = "  on a detector of /a/very/long-path/that-is-wider-than-that and more"
    assert wrapped(line, 24) == "  on a detector of\n    /a/very/long-path/that-is-wider-than-that\n    and more"
    assert wrapped(line, None) == line
    assert wrapped("short", 24) == "short"
