"""The attack as the paper's released code runs it: one perturbation for a whole song.

    loss  = ||delta||^2 + alpha * mean over all frames of BCE(f(x + delta) at the frame, the frame's target)
    delta = clip(Adam's step for sign(gradient of the loss), -epsilon, epsilon)

A frame's target is the opposite of what it was predicted as. The attack stops when every frame has flipped, else after
`iterations` updates, and frames are judged by that last state, whatever they were on the way. x is the song's waveform,
or its linear magnitude spectrogram, with the silence that its first and last excerpts see. The
detector's fully convolutional form evaluates all frames, in blocks, whose gradients meet at the log-mel spectrogram.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from veracity_bench.models.attacks.attack import Attack
from veracity_bench.models.audio.log_mel import CONTEXT, LogMel, pad_context, reflect
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.detectors.frozen import frozen
from veracity_bench.models.detectors.fully_convolutional import FullyConvolutional, song_logits
from veracity_bench.models.devices import device_of
from veracity_bench.models.direction import TO_NOSING, TO_SING

BLOCK = 512


@dataclass(frozen=True, eq=False)
class SongOutcome:
    """What became of a song after `iterations` updates, on the CPU.

    `adversarial` is in the attack's own domain: samples (samples,) or magnitudes (frames, 513); `margin` (frames,) is
    how far each frame's logit lies past the threshold towards its target; `snr` is in dB, of the whole song.
    """

    adversarial: Tensor
    margin: Tensor
    iterations: int
    snr: float


def fully_convolutional(detector: nn.Module) -> FullyConvolutional:
    """Return the form of the detector that takes whole songs; raise DetectorError for one that has none."""
    try:
        return FullyConvolutional(frozen(detector))
    except TypeError as error:
        what = "the detector cannot take whole songs, so attack their excerpts"
        raise DetectorError(f"{what}: {error}") from error


def attack_song(
    detector: nn.Module, audio: Tensor, attack: Attack, *, threshold: float, block: int = BLOCK
) -> SongOutcome:
    """Attack a song of audio (samples,); `threshold` is a logit, `block` how many frames are evaluated at a time.

    Raises DetectorError for a detector without a fully convolutional form.
    """
    device = device_of(detector)
    network, front_end = fully_convolutional(detector), LogMel().to(device)
    x = _represent(attack, front_end, audio.to(device))
    delta = torch.zeros_like(x, requires_grad=True)
    sung = song_logits(detector, _log_mel(attack, front_end, x)[CONTEXT:-CONTEXT]) > threshold
    targets = torch.where(sung, TO_NOSING.label, TO_SING.label).float()
    signs = torch.where(sung, TO_NOSING.sign, TO_SING.sign)

    def evaluate() -> tuple[Tensor, Tensor]:
        """Return the margins (frames,) and the gradient of the mean BCE, shaped as delta."""
        log_mel = _log_mel(attack, front_end, x + delta)
        logits, slope = _block_gradients(network, log_mel.detach(), targets, block)
        (gradient,) = torch.autograd.grad(log_mel, delta, slope)
        return (logits - threshold) * signs, gradient

    adam = torch.optim.Adam([delta], lr=attack.eta)
    iterations, (margin, gradient) = 0, evaluate()
    while iterations < attack.iterations and not (margin > attack.margin).all():
        delta.grad = (2 * delta.detach() + attack.alpha * gradient).sign()
        adam.step()
        delta.data.clamp_(-attack.epsilon, attack.epsilon)
        iterations, (margin, gradient) = iterations + 1, evaluate()
    return _outcome(attack, x, delta.detach(), margin, iterations)


def _represent(attack: Attack, front_end: LogMel, audio: Tensor) -> Tensor:
    """Map audio (samples,) to what is perturbed: itself, or magnitudes (frames + 114, 513)."""
    if attack.domain == "waveform":
        return audio
    return F.pad(front_end.magnitude(reflect(audio)[None])[0], (0, 0, CONTEXT, CONTEXT))


def _log_mel(attack: Attack, front_end: LogMel, x: Tensor) -> Tensor:
    """Map what is perturbed to log-mel (frames + 114, 80)."""
    if attack.domain == "waveform":
        return pad_context(front_end(reflect(x)[None])[0])
    return front_end.log_mel(x)


def _block_gradients(network: nn.Module, log_mel: Tensor, targets: Tensor, block: int) -> tuple[Tensor, Tensor]:
    """Return the logits (frames,), and the gradient of the mean BCE at the log-mel (frames + 114, 80)."""
    slope, logits = torch.zeros_like(log_mel), []
    for start in range(0, len(targets), block):
        rows = slice(start, start + block + 2 * CONTEXT)
        excerpt = log_mel[None, rows].requires_grad_()
        block_logits = network(excerpt)[0]
        loss = F.binary_cross_entropy_with_logits(block_logits, targets[start : start + block], reduction="sum")
        slope[rows] += torch.autograd.grad(loss, excerpt)[0][0]
        logits.append(block_logits.detach())
    return torch.cat(logits), slope / len(targets)


def _outcome(attack: Attack, x: Tensor, delta: Tensor, margin: Tensor, iterations: int) -> SongOutcome:
    inside = slice(None) if attack.domain == "waveform" else slice(CONTEXT, -CONTEXT)
    snr = 10 * torch.log10(x.square().sum() / delta.square().sum())
    return SongOutcome((x + delta)[inside].cpu(), margin.cpu(), iterations, snr.item())
