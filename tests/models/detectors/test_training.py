import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from toys import Small

import veracity_bench.models.detectors.training
from veracity_bench.models.audio.augmentation import SOURCE_BINS, SOURCE_CONTEXT
from veracity_bench.models.audio.log_mel import BINS, LogMel
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.detectors.checkpoint import load_checkpoint, save_checkpoint
from veracity_bench.models.detectors.training import Recipe, TrainingError, TrainingFrames, fit

CPU = torch.device("cpu")
RECIPE = Recipe(updates=8, epochs=4, batch=8, learning_rate=0.01)


def song(seed=0, frames=300):
    """Noise that is ten times as loud in the second half, which is the sung one."""
    magnitude = 0.01 * (0.1 + torch.rand(frames, BINS, generator=torch.Generator().manual_seed(seed)))
    labels = (torch.arange(frames) >= frames // 2).to(torch.int8)
    magnitude[labels == 1] *= 10
    return magnitude, labels


@pytest.fixture(scope="module")
def frames():
    return TrainingFrames([song(0), song(1)], CPU)


def train(frames, checkpoint, recipe=RECIPE, validate=lambda detector: 0.5):
    """Train the small network from seed 0; return its state."""
    detector = build_detector("toys:Small", recipe.seed)
    fit(detector, frames, recipe, checkpoint=checkpoint, validate=validate)
    return detector.state_dict()


def assert_same(state, expected):
    assert all(torch.equal(state[name], expected[name]) for name in expected)


@pytest.fixture
def checkpoint(tmp_path, monkeypatch):
    monkeypatch.setattr(veracity_bench.models.detectors.training, "CHECKPOINT_EVERY", 3)
    return tmp_path / "deep" / "checkpoint.safetensors"


@pytest.fixture
def undisturbed(frames, tmp_path):
    return train(frames, tmp_path / "undisturbed.safetensors")


def killed_after(updates):
    """A validation that kills the run after so many epochs of two updates."""
    calls = iter(range(2, 100, 2))

    def validate(detector):
        if next(calls) == updates:
            raise KeyboardInterrupt
        return 0.5

    return validate


@pytest.mark.parametrize("updates", [2, 4, 6])
def test_a_killed_run_goes_on_to_the_same_weights(frames, checkpoint, undisturbed, updates):
    with pytest.raises(KeyboardInterrupt):
        train(frames, checkpoint, validate=killed_after(updates))
    assert checkpoint.is_file() == (updates > 3)
    assert_same(train(frames, checkpoint), undisturbed)


def test_a_second_kill_changes_nothing_either(frames, checkpoint, undisturbed):
    for updates in (4, 2):
        with pytest.raises(KeyboardInterrupt):
            train(frames, checkpoint, validate=killed_after(updates))
    assert_same(train(frames, checkpoint), undisturbed)


def test_what_was_done_is_not_done_again(frames, checkpoint):
    with pytest.raises(KeyboardInterrupt):
        train(frames, checkpoint, validate=killed_after(6))
    epochs = []
    train(frames, checkpoint, validate=lambda detector: epochs.append(1) or 0.5)
    assert len(epochs) == 1, "update 6 was kept, so only the epoch of updates 7 and 8 was left"


@pytest.mark.parametrize("keep", [0, 4, 100, -10])
def test_a_truncated_checkpoint_starts_the_run_anew(frames, checkpoint, undisturbed, keep):
    with pytest.raises(KeyboardInterrupt):
        train(frames, checkpoint, validate=killed_after(4))
    checkpoint.write_bytes(checkpoint.read_bytes()[:keep])
    assert_same(train(frames, checkpoint), undisturbed)


def test_a_checkpoint_returns_detector_optimizer_and_step(tmp_path, frames):
    detector = build_detector("toys:Small")
    optimizer = torch.optim.Adam(detector.parameters())
    detector(torch.randn(4, 115, 80)).sum().backward()
    optimizer.step()
    save_checkpoint(tmp_path / "c", detector, optimizer, 7)
    other = build_detector("toys:Small", seed=1)
    other_optimizer = torch.optim.Adam(other.parameters())
    assert load_checkpoint(tmp_path / "c", other, other_optimizer) == 7
    assert_same(other.state_dict(), detector.state_dict())
    states = (o.state_dict()["state"] for o in (other_optimizer, optimizer))
    for one, expected in zip(*(state.values() for state in states), strict=True):
        assert_same(one, expected)
    assert [path.name for path in tmp_path.iterdir()] == ["c"]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A checkpoint of the 7th update: where, and its bytes."""
    path = tmp_path_factory.mktemp("checkpoint") / "c"
    save_checkpoint(path, *stepped(seed=0), 7)
    return path, path.read_bytes()


def stepped(seed):
    """A detector and its optimizer after one step."""
    detector = build_detector("toys:Small", seed)
    optimizer = torch.optim.Adam(detector.parameters())
    detector(torch.randn(4, 115, 80, generator=torch.Generator().manual_seed(seed))).sum().backward()
    optimizer.step()
    return detector, optimizer


@given(st.integers(0, 10**9), st.integers(0, 7), st.sampled_from(["flip", "cut", "header"]))
def test_a_damaged_checkpoint_is_none_and_restores_nothing(written, place, bit, damage):
    path, content = written
    changed = bytearray(content)
    place %= len(content) if damage != "header" else 8 + int.from_bytes(content[:8], "little")
    if damage == "cut":
        del changed[place:]
    else:
        changed[place] ^= 1 << bit
    path.write_bytes(changed)
    detector, optimizer = stepped(seed=1)
    expected = {name: tensor.clone() for name, tensor in detector.state_dict().items()}
    step = load_checkpoint(path, detector, optimizer)
    assert_same(detector.state_dict(), expected if step == 0 else stepped(seed=0)[0].state_dict())
    assert step in (0, 7)


def test_a_checkpoint_of_another_network_is_none(written):
    path, content = written
    path.write_bytes(content)
    detector = torch.nn.Linear(2, 2)
    assert load_checkpoint(path, detector, torch.optim.Adam(detector.parameters())) == 0


def test_a_full_disk_leaves_the_last_checkpoint(tmp_path, monkeypatch):
    save_checkpoint(tmp_path / "c", *stepped(seed=0), 7)

    def fill_up(path, content):
        path.touch()
        raise OSError("No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", fill_up)
    with pytest.raises(OSError, match="No space left"):
        save_checkpoint(tmp_path / "c", *stepped(seed=1), 8)
    assert [path.name for path in tmp_path.iterdir()] == ["c"]
    assert load_checkpoint(tmp_path / "c", *stepped(seed=1)) == 7


def test_the_rate_falls_by_15_percent_per_epoch():
    recipe = Recipe(updates=40)
    assert [recipe.rate(step) for step in (0, 1, 2, 3, 4)] == pytest.approx([1e-3, 1e-3, 8.5e-4, 8.5e-4, 7.225e-4])
    assert recipe.rate(39) == pytest.approx(1e-3 * 0.85**19)


def test_the_published_recipe():
    recipe = Recipe()
    assert (recipe.updates, recipe.epochs, recipe.batch, recipe.learning_rate) == (40_000, 20, 32, 1e-3)
    assert (recipe.rate(1999), recipe.rate(2000)) == pytest.approx((1e-3, 0.85e-3))
    assert (recipe.decay, recipe.smoothing) == (0.85, 0.02)


def test_it_learns_what_is_plain_to_hear(frames, tmp_path):
    recipe = Recipe(updates=60, epochs=2, batch=32, learning_rate=0.05)
    detector = Small()
    detector.load_state_dict(train(frames, tmp_path / "c", recipe))
    magnitude, labels = frames.draw(400, torch.Generator().manual_seed(5))
    log_mel = (magnitude[:, 18:-18] @ LogMel().filterbank[:SOURCE_BINS]).clamp_min(1e-7).log()
    with torch.no_grad():
        said = detector.eval()(log_mel) > 0
    clear = (log_mel.mean(dim=2).amax(dim=1) - log_mel.mean(dim=2).amin(dim=1)) < 1  # not at the change
    assert clear.sum() > 50
    assert torch.equal(said[clear], labels[clear] == 1)


def test_bands_are_normalised_by_the_training_songs(frames, tmp_path):
    state = train(frames, tmp_path / "c")
    log_mel = frames.log_mel(LogMel())
    torch.testing.assert_close(state["norm.mean"], log_mel.mean(dim=0))
    torch.testing.assert_close(state["norm.std"], (log_mel.var(dim=0, correction=0) + 1e-4).sqrt())


def test_the_seed_changes_the_run(frames, tmp_path, undisturbed):
    detector = build_detector("toys:Small", 0)
    other = Recipe(updates=8, epochs=4, batch=8, learning_rate=0.01, seed=1)
    fit(detector, frames, other, checkpoint=tmp_path / "c", validate=lambda detector: 0.5)
    assert not torch.equal(detector.dense.weight, undisturbed["dense.weight"])


def test_a_loss_that_is_not_finite_stops_the_run(tmp_path):
    magnitude, labels = song()
    magnitude[:] = float("nan")
    with pytest.raises(
        TrainingError, match="gives logits that are not finite in training, at update 0; the training songs"
    ):
        train(TrainingFrames([(magnitude, labels)], CPU), tmp_path / "c")


def test_the_trained_detector_is_left_in_evaluation_mode(frames, tmp_path):
    detector = build_detector("toys:Small")
    fit(detector, frames, RECIPE, checkpoint=tmp_path / "c", validate=lambda detector: 0.5)
    assert not any(module.training for module in detector.modules())


def test_unlabelled_frames_are_never_drawn():
    magnitude, labels = song()
    labels[:140] = -1
    frames = TrainingFrames([(magnitude, labels)], CPU)
    around, drawn = frames.draw(500, torch.Generator().manual_seed(0))
    assert around.shape == (500, 2 * SOURCE_CONTEXT + 1, SOURCE_BINS)
    centre = around[:, SOURCE_CONTEXT]
    allowed = magnitude[140:, :SOURCE_BINS].half().float()
    assert (torch.cdist(centre, allowed, compute_mode="donot_use_mm_for_euclid_dist").amin(dim=1) < 1e-3).all()
    assert torch.equal(centre.mean(dim=1) > 0.02, drawn == 1), "each label goes with its own frame"


def test_songs_do_not_run_into_each_other():
    one = TrainingFrames([song(0, frames=10)], CPU).draw(50, torch.Generator().manual_seed(0))[0]
    two = TrainingFrames([song(0, frames=10), song(1, frames=10)], CPU)
    around = two.draw(50, torch.Generator().manual_seed(0))[0]
    for magnitude in (one, around):
        sounding = magnitude.sum(dim=2) > 0
        assert (sounding.sum(dim=1) == 10).all()
