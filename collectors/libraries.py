"""The index of libraries: name -> the module that knows it, one line each."""

from types import ModuleType

from collectors import meta

LIBRARIES: dict[str, ModuleType] = {
    "meta": meta,
}
