"""Ways to explain one excerpt with a number of samples: public libraries as their users run them, and LIME here.

Each takes a task and returns one weight per segment. All explain the probability of "sing", all evaluate the same
detector without gradients and in batches of the fastest size (LimeImageExplainer in its own, too), and all are seeded.
"""

import io
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr

import captum.attr
import numpy as np
import torch
from captum._utils.models.linear_model import SkLearnRidge
from captum.attr._core.lime import get_exp_kernel_similarity_function
from lime.lime_image import LimeImageExplainer
from numpy.typing import NDArray
from scipy.special import expit
from torch import Tensor

from veracity_bench.benchmarks.speed.task import Task, forward
from veracity_bench.explainers.contract.instance import Instance
from veracity_bench.explainers.lime import Lime
from veracity_bench.models.games.solutions.neighbourhood import KERNEL_WIDTH, draw_masks

with warnings.catch_warnings():
    warnings.simplefilter("ignore", PendingDeprecationWarning)  # of matplotlib, which shap's plots use
    import shap

SEED = 0
LIME_HERE, LIME_IMAGE, FORWARD = "LIME here, set-up included", "LimeImageExplainer of lime", "forward passes alone"
Weights = NDArray[np.float64]


def lime_image(task: Task) -> Weights:
    """Run lime's LimeImageExplainer as it comes, in batches of ten."""
    return _lime_image(task, {})


def lime_image_tuned(task: Task) -> Weights:
    """Run it in batches of the fastest size."""
    return _lime_image(task, {"batch_size": task.batch})


def _lime_image(task: Task, options: dict[str, int]) -> Weights:
    """Have an RGB image made of the spectrogram, and segments hidden by one colour."""

    def classify(images: NDArray[np.float32]) -> NDArray[np.float64]:
        sing = expit(forward(task.detector, images[..., 0]).astype(np.float64))
        return np.stack([1 - sing, sing], axis=1)

    with redirect_stderr(io.StringIO()):  # its progress bar has no switch
        explanation = LimeImageExplainer(kernel_width=KERNEL_WIDTH, random_state=SEED).explain_instance(
            task.excerpt,
            classify,
            labels=(1,),
            hide_color=task.baseline,
            top_labels=None,
            num_features=task.grid.n_segments,
            num_samples=task.samples,
            segmentation_fn=lambda image: task.grid.map,
            **options,
        )
    weights = dict(explanation.local_exp[1])
    return np.array([weights[segment] for segment in range(task.grid.n_segments)])


def lime_here(task: Task) -> Weights:
    """Run this project's LIME; setting up the tables is part of it."""
    logits = task.game().logits
    instance = Instance(task.excerpt, task.off, task.grid, logits, task.detector)
    return np.asarray(Lime(samples=task.samples)(instance, np.random.default_rng(SEED)))


def captum_lime(task: Task) -> Weights:
    """Run captum's Lime, with LIME's own kernel and ridge regression: its default is a Lasso that zeroes segments."""
    similarity = get_exp_kernel_similarity_function("cosine", kernel_width=KERNEL_WIDTH)
    return _captum(captum.attr.Lime(_sing(task), SkLearnRidge(alpha=1.0), similarity), task)


def captum_kernel_shap(task: Task) -> Weights:
    """Run captum's KernelShap."""
    return _captum(captum.attr.KernelShap(_sing(task)), task)


def shap_kernel(task: Task) -> Weights:
    """Run shap's KernelExplainer, on masks, without its selection of ten features."""
    np.random.seed(SEED)  # noqa: NPY002 - the generator that shap draws from
    n = task.grid.n_segments
    explainer = shap.KernelExplainer(task.probabilities, np.zeros((1, n)))
    return np.asarray(explainer.shap_values(np.ones((1, n)), nsamples=task.samples, l1_reg=False, silent=True)[0])


def forward_passes(task: Task) -> Weights:
    """Explain nothing: as many forward passes as there are samples, which no method that needs them can undercut.

    Returns the covariance of each segment's presence with the probability.
    """
    masks = draw_masks(task.samples, task.grid.n_segments, np.random.default_rng(SEED))
    return np.asarray((masks - masks.mean(axis=0)).T @ task.probabilities(masks) / task.samples)


WAYS: dict[str, Callable[[Task], Weights]] = {
    LIME_HERE: lime_here,
    LIME_IMAGE: lime_image,
    "the same, fastest batches": lime_image_tuned,
    "Lime of captum": captum_lime,
    "KernelShap of captum": captum_kernel_shap,
    "KernelExplainer of shap": shap_kernel,
    FORWARD: forward_passes,
}


def _sing(task: Task) -> Callable[[Tensor], Tensor]:
    return lambda spectrograms: task.detector(spectrograms).sigmoid()


def _captum(method: captum.attr.Lime, task: Task) -> Weights:
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(SEED)
        weights = method.attribute(
            torch.from_numpy(task.excerpt)[None],
            baselines=task.baseline,
            feature_mask=torch.from_numpy(task.grid.map)[None],
            n_samples=task.samples,
            perturbations_per_eval=task.batch,
            return_input_shape=False,
        )
    return np.asarray(weights.flatten().double())
