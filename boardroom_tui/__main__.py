"""`python -m boardroom_tui`: the `boardroom` command, where a program starts it."""

import sys

from boardroom_tui.cli import main

sys.exit(main())
