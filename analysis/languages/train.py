"""Train the model anew: python -m analysis.languages.train FOLDER.

FOLDER is what `python -m analysis.languages.fetch FOLDER` filled. See README.md.
"""

import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path

from analysis.languages.corpus import lines
from analysis.languages.profiles import write_profiles

log = logging.getLogger("languages")
HERE = Path(__file__).parent
KEPT_NGRAMS = 60_000


def train(folder: Path, target: Path) -> None:
    """Write model.ftz and profiles.json.gz into `target`."""
    found = lines(folder)
    log.info("%d lines: %s", len(found), Counter(label for label, _ in found))
    write_profiles(found, target / "profiles.json.gz")
    write_model(found, target / "model.ftz")


def write_model(lines: list[tuple[str, str]], path: Path) -> None:
    """Write the quantised fastText model; one thread, so the same bytes each time."""
    import fasttext  # the full package, which only training needs: see README.md

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.writelines(f"__label__{label} {text}\n" for label, text in lines)
        file.flush()
        trained = fasttext.train_supervised(
            file.name, dim=16, minn=1, maxn=4, bucket=200_000, lr=0.4, epoch=4,
            minCount=8, loss="softmax", thread=1, verbose=0,
        )  # fmt: skip
        trained.quantize(
            file.name, retrain=True, cutoff=KEPT_NGRAMS, qnorm=True, epoch=1, thread=1
        )
    trained.save_model(str(path))
    log.info("%s: %d bytes", path.name, path.stat().st_size)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train(Path(sys.argv[1]), HERE)
