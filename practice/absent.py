"""Stand-ins for modules that could not be loaded, so that what does without them still runs. Standard library only."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Iterable

touched: set[str] = set()


class NotLoaded(ImportError):
    """Code used a module that is not here."""


class Name:
    """What `from module import name` gives: anything that is done with it raises NotLoaded."""

    def __init__(self, module: str):
        self._module = module

    def _refuse(self, *arguments: object, **named: object) -> None:
        touched.add(self._module)
        raise NotLoaded(f"{self._module} is not loaded here", name=self._module)

    __call__ = __iter__ = __instancecheck__ = __subclasscheck__ = __getitem__ = __mro_entries__ = _refuse
    __enter__ = __exit__ = __len__ = __contains__ = __neg__ = __abs__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __sub__ = __mul__ = __truediv__ = __floordiv__ = __mod__ = __pow__ = __matmul__ = __or__ = _refuse
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __rpow__ = _refuse
    __rmatmul__ = __ror__ = _refuse

    def __getattr__(self, name: str) -> Name:
        if name.startswith("__"):
            raise AttributeError(name)
        return Name(self._module)


class Module(types.ModuleType):
    """An absent module. Its names can be imported, and not used."""

    __path__: list[str] = []

    def __getattr__(self, name: str) -> Name:
        if name.startswith("__"):
            raise AttributeError(name)
        return Name(self.__name__.split(".")[0])


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the absent modules, and all that is below them."""

    def __init__(self, names: Iterable[str]):
        self.names = set(names)

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name.split(".")[0] in self.names:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> Module:
        return Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def names() -> set[str]:
    """What is stood in for."""
    return set().union(*(finder.names for finder in sys.meta_path if isinstance(finder, Finder)))


def missing(modules: Iterable[str]) -> list[str]:
    """Those of `modules` that cannot be imported now. Forgets all stand-ins."""
    remove()
    importlib.invalidate_caches()
    # `find_spec` raises for what is loaded without a specification: `__main__`, and the answer itself.
    return [name for name in modules if name not in sys.modules and importlib.util.find_spec(name) is None]


def stand_in_for(modules: Iterable[str]) -> None:
    """Let `modules` be imported."""
    sys.meta_path.append(Finder(modules))


def remove() -> None:
    """Forget all stand-ins: a module that has been loaded since is found again."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, Finder)]
    for name in [name for name, module in sys.modules.items() if isinstance(module, Module)]:
        del sys.modules[name]
    touched.clear()
