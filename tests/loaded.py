"""What the programs of `tests.forked` begin with: all that a command of `boardroom` may load.

Messages are ready to be read, too, which a program puts off until the first one of a kind comes.
"""

import gc
import importlib
import os
import pkgutil

import boardroom_tui
from boardroom_tui.protocol.fields import Model

# As the command itself does.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
for _module in pkgutil.walk_packages(boardroom_tui.__path__, "boardroom_tui."):
    if not _module.name.endswith(".__main__"):
        importlib.import_module(_module.name)
importlib.import_module("textual.drivers.linux_driver")
importlib.import_module("tests.forked")


def _build(model: type[Model]) -> None:
    model.model_rebuild()
    for kind in model.__subclasses__():
        _build(kind)


_build(Model)
# Looking through all of it for garbage would have every program copy it.
gc.collect()
gc.freeze()
