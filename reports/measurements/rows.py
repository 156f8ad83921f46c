"""The rows of the board that do not compete: they know more than explainers can, or nothing."""

ORACLE = "oracle"  # the best choice of segments, for every k
FOUND = "best-found"  # the best choice that a search found, for every k, where the oracle is not known
RANDOM = "random"  # the expected score of segments drawn at random
SHAPLEY = ("shapley-insertion", "shapley-masking")  # exact Shapley values, of what flips and of what explainers query
EXACT = (*SHAPLEY, "exact-lime")  # computed from the values of all sets of segments
DELTA_NORM = "delta-norm"  # the size of the perturbation
REFERENCES = (ORACLE, FOUND, RANDOM, DELTA_NORM, *EXACT)
LIME = "lime"  # the explainer that the paper is about
