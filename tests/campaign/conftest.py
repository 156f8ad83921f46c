"""The campaign's modules go on the path, as they are when it runs as a program."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
