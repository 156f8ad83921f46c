"""Classifiers that come trained, by name: installed as plug-ins, or `module:attribute` of a factory."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from torch import nn

from veracity_bench.errors import in_words
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.detectors.build import seeded, torch_as_it_was
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.detectors.frozen import frozen
from veracity_bench.models.plugins import installed_plugins, load_named, split_settings
from veracity_bench.models.rules import Tag

GROUP = "veracity_bench.classifiers"


@dataclass(frozen=True)
class NamedClassifier:
    """What makes a classifier anew, in any process: its name, which may carry settings, and the tag to explain."""

    name: str
    tag: str = ""

    def build(self) -> Classifier:
        """Return the classifier, in evaluation mode; raise DetectorError or NamingError where there is none."""
        base, settings = split_settings(self.name)
        plugins = installed_plugins(GROUP, {})
        with torch_as_it_was(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what other people's modules warn of is no failure
            factory: Callable[..., Classifier] = load_named(base, plugins)
            with seeded(0):  # processes make it anew, and a network that is tried before it has weights draws them
                try:
                    made = factory(**settings)
                except (Exception, SystemExit) as error:
                    raise DetectorError(f"classifier {self.name} cannot be made: {in_words(error)}") from error
        if not isinstance(made, Classifier):
            what = f"is a {type(made).__name__}; a factory must return a veracity_bench.Classifier"
            is_network = isinstance(made, nn.Module)
            network = ", and --detector takes a network behind the built-in front end" if is_network else ""
            raise DetectorError(f"classifier {self.name} {what}{network}")
        for part in (made.network, made.front_end):
            if not isinstance(part, nn.Module):
                what = f"a {type(part).__name__} as its network or front end; make it a torch.nn.Module"
                raise DetectorError(f"classifier {self.name} has {what}")
            frozen(part)
        return self._tagged(made) if self.tag else made

    def _tagged(self, made: Classifier) -> Classifier:
        if self.tag not in made.classes:
            near = get_close_matches(self.tag, made.classes, n=1)
            meant = f"; did you mean {near[0]!r}?" if near else f": it has {', '.join(map(repr, made.classes[:20]))}"
            raise DetectorError(f"--class {self.tag}: classifier {self.name} has no such class{meant}")
        if not isinstance(made.rule, Tag):
            raise DetectorError(
                f"--class {self.tag}: classifier {self.name} does not decide on each class by itself, so leave it out"
            )
        return replace(made, rule=replace(made.rule, name=self.tag))
