"""The console script `veracity-bench`: one front for the runs of the benchmark and what is made of their records."""

import os
import sys
import warnings
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from veracity_bench import __version__
from veracity_bench.errors import user_errors

INTERRUPTED = 130  # as shells have it: 128 and the number of SIGINT


@dataclass(frozen=True)
class Command:
    """A command: the function behind it as "module:function", imported when it is called, and its line of help."""

    target: str
    help: str

    def run(self, arguments: list[str]) -> object:
        """Call the function with the rest of the command line."""
        module, _, function = self.target.partition(":")
        return getattr(import_module(f"veracity_bench.{module}"), function)(arguments)


COMMANDS = {
    "run": Command("runs:run", "measure explainers and write a report; takes pytest's options, too"),
    "explainers": Command("runs:explainers", "list the explainers that there are"),
    "check": Command("runs:check", "hold explainers of your own to the contract"),
    "board": Command("reports.leaderboard:main", "render the board of a run from its records"),
    "merge": Command("reports.merge:main", "put the reports of parts of a run, as of shards, together"),
    "compare": Command("reports.compare.command:main", "show what changed from one run to another"),
    "figures": Command("reports.figures:main", "draw the figures of a run, for explainers of your choice"),
    "tables": Command("reports.tables:main", "write the tables of a run as CSV, LaTeX or JSON"),
    "page": Command("reports.page.__main__:main", "render the page of a run, with or without its sounds"),
    "publish": Command("reports.publish:main", "copy a run to where others read it, silent unless its songs are ours"),
    "results": Command("reports.results:main", "write the results in pages anew from published runs"),
    "schema": Command("reports.schema:main", "write the page on records anew from columns and metrics"),
    "tune": Command("fixtures.commands.tune_attack:main", "search for the attack's hyper-parameters"),
    "score": Command("fixtures.commands.score_detector:main", "score a detector on a corpus"),
    "ship": Command("fixtures.commands.train_shipped:main", "train the detector that comes with the project anew"),
    "speed": Command("benchmarks.speed.__main__:main", "time explanations here and in other libraries"),
    "growth": Command("benchmarks.growth.__main__:main", "measure how time and memory grow with the songs"),
}


def main(arguments: list[str] | None = None) -> None:
    """Run a command; end with its exit status, 2 for a command that does not exist, 130 where it is interrupted."""
    os.environ["MPLBACKEND"] = "agg"  # that of a notebook keeps matplotlib from being imported here
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in ("-h", "--help"):
        print(usage())
    elif given[0] == "--version":
        print(f"veracity-bench {__version__}")
    elif given[0] not in COMMANDS:
        print(f"veracity-bench has no command {given[0]!r}\n\n{usage()}", file=sys.stderr)
        raise SystemExit(2)
    else:
        if (folder := str(Path.cwd())) not in sys.path:
            sys.path.append(folder)  # modules of the user's own are found where they run, as they are by a run
        try:
            with user_errors(SystemExit), warnings.catch_warnings():
                # Without the line of code; where pytest runs, it collects warnings itself.
                warnings.showwarning = lambda message, *_, **__: print(message, file=sys.stderr)
                raise SystemExit(COMMANDS[given[0]].run(given[1:]))
        except KeyboardInterrupt:
            print(f"veracity-bench {given[0]} was interrupted", file=sys.stderr)
            raise SystemExit(INTERRUPTED) from None


def usage() -> str:
    """Return the commands, a line each."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {command.help}" for name, command in COMMANDS.items()]
    return "\n".join(
        ["usage: veracity-bench COMMAND ...", "", *lines, "", "veracity-bench COMMAND --help shows its options."]
    )
