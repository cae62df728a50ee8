"""Compiles the kernel when the package is built. Where that cannot be done, numpy does its work, more slowly."""

import runpy
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import sys_tags
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext

BUILD_FAILED = "the compiled kernel is not built ({}); tagging and training will be slower"
NAME = "classifier._kernel"
SOURCES, CHARACTERS = "classifier/kernel", "classifier/characters.py"
OLDEST = (3, 11)  # one file serves this Python and all later ones


class Kernel(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled kernel into the wheel, or beside its source where the install is editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell the builder where the result goes."""
        root = Path(self.root)
        self.place = tempfile.TemporaryDirectory()
        stable = not sysconfig.get_config_var("Py_GIL_DISABLED")
        if sys.implementation.name != "cpython":
            return
        try:
            if version == "editable":
                for old in (root / "classifier").glob("_kernel.*"):
                    if old.suffix in {".so", ".pyd"}:
                        old.unlink()  # so that nothing takes it for the new one
            built = compile_kernel(root, Path(self.place.name), stable)
            target = built.relative_to(self.place.name)
            if version == "editable":
                shutil.copyfile(built, root / target)
                return
        except Exception as error:  # whatever a compiler, or the lack of one, makes setuptools raise
            self.app.display_warning(BUILD_FAILED.format(error))
            return
        build_data["pure_python"] = False
        build_data["force_include"][str(built)] = target.as_posix()
        if stable:
            linux = ("manylinux", "musllinux")
            platform = next(tag.platform for tag in sys_tags() if not tag.platform.startswith(linux))
            build_data["tag"] = f"cp{OLDEST[0]}{OLDEST[1]}-abi3-{platform}"
        else:
            build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the compiler left."""
        self.place.cleanup()


def compile_kernel(root: Path, place: Path, stable: bool) -> Path:
    """Compile the kernel, for all later versions of Python if `stable`; return the file, below a folder."""
    windows = sys.platform == "win32"
    (place / "characters.h").write_text(characters_header(root), encoding="ascii")
    extension = Extension(
        NAME,
        sorted(map(str, (root / SOURCES).glob("*.c"))),
        include_dirs=[str(place)],
        define_macros=[("Py_LIMITED_API", f"0x{OLDEST[0]:02x}{OLDEST[1]:02x}0000")] if stable else [],
        libraries=[] if windows else ["m"],
        extra_compile_args=["/utf-8"] if windows else ["-O3", "-fvisibility=hidden", "-ffp-contract=off"],
        py_limited_api=stable,
    )
    command = build_ext(Distribution({"ext_modules": [extension]}))
    command.build_lib, command.build_temp = str(place), str(place / "temp")
    command.ensure_finalized()
    command.run()
    return Path(command.get_ext_fullpath(NAME))


def characters_header(root: Path) -> str:
    """Return the C header that says what the constants of characters.py say."""
    names = runpy.run_path(str(root / CHARACTERS))
    lines = [f"/* Made from {CHARACTERS}. */", "#ifndef CHARACTERS_H", "#define CHARACTERS_H"]
    for name, value in names.items():
        match value:
            case int() if name.isupper():
                lines.append(f"#define {name} {value:#x}")
            case str() if name.isupper() and len(value) == 1:
                lines.append(f"#define {name} {ord(value):#x}")
            case str() if name.isupper():
                lines.append(f"#define IN_{name}(c) ({' || '.join(f'(c) == {ord(c):#x}' for c in value)})")
    return "\n".join([*lines, "#endif", ""])
