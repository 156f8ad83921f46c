"""What the tests of the reports share: `toys` goes on the path."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "toys"))
