"""``python -m cityplus`` is the program ``cityplus``."""

from cityplus.config.cli import main

raise SystemExit(main())
