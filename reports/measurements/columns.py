"""The columns of a record, and the values that name where a number belongs."""

from dataclasses import dataclass

MAX_SEGMENTS = 20
ATTACKS = ("waveform", "spectrogram")
DRAWING = "drawing"
DIRECTIONS = ("nosing_to_sing", "sing_to_nosing")
ATTACK, DETECTOR, KNOWN_ANSWERS = "attack", "detector", "known_answers"
PLACELESS = (DETECTOR, KNOWN_ANSWERS)  # the experiments that are about no song
FAILED, NOT_APPLICABLE = "failed", "not_applicable"
UNMEASURED = (FAILED, NOT_APPLICABLE)  # the metrics that stand, with a reason, where a number is missing


@dataclass(frozen=True)
class Field:
    """A column of the records: its name, its arrow type, what it means, and the value that a row may leave out."""

    name: str
    kind: str
    text: str
    default: object = None


FIELDS = (
    Field("experiment", "string", 'the benchmark file: "flip_at_k" is benchmarks/test_flip_at_k.py, and so on', ""),
    Field("explainer", "string", 'the row of the board; "" where the number concerns no explainer', ""),
    Field(
        "attack",
        "string",
        '"waveform" or "spectrogram"; "drawing" where a shape was drawn; "" where no song is measured',
        "",
    ),
    Field(
        "direction",
        "string",
        "original and adversarial prediction: 'nosing_to_sing', 'sing_to_nosing' or those of another classifier; or ''",
        "",
    ),
    Field(
        "song", "string", 'song of the excerpt; songs are the clusters of the intervals; "" where none is measured', ""
    ),
    Field("case", "int64", "index of the excerpt in its song; -1 = the whole song", -1),
    Field("metric", "string", "what the value is: a name of the catalogue below", ""),
    Field(
        "variant",
        "string",
        'which of several: the shape drawn, the baseline value, the training run, the known answer; else ""',
        "",
    ),
    Field(
        "k",
        "int64",
        f"number or index of segments, 0..n of the n of an excerpt, at most {MAX_SEGMENTS}; 0 where it has no meaning",
        0,
    ),
    Field("samples", "int64", "model queries that the explainer was allowed; 0 = as the run's options set it", 0),
    Field("value", "double", "the number, always finite; its unit and range are the metric's"),
    Field("reason", "string", 'one sentence for "failed", "not_applicable" and unfilled slots, otherwise ""', ""),
)
COLUMNS = {field.name: field.kind for field in FIELDS}
DEFAULTS = {field.name: field.default for field in FIELDS if field.default is not None}
