"""The laws that no linter knows: what engine/ may not do, and what must not be imported early."""

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENGINE = sorted((ROOT / "engine").rglob("*.py"))

OUTSIDE = {
    "asyncio", "datetime", "faker", "numpy", "os", "random", "secrets", "socket", "subprocess",
    "tempfile", "threading", "time", "uuid", "yaml",
}  # fmt: skip
"""A clock, chance, a file, a network: nothing of that is the engine's."""

ORDERLESS = {"all", "any", "frozenset", "len", "max", "min", "set", "sorted"}
"""What takes a set and gives the same whatever its order."""

ORDERED = {"enumerate", "iter", "list", "map", "next", "reversed", "sum", "tuple", "zip"}
"""What takes a set and shows its order."""


def breaches(source: str) -> Iterator[tuple[int, str]]:
    """Line and law for everything in a module that could make two runs differ."""
    tree = ast.parse(source)
    sets = names_of_sets(tree)
    pardoned = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in ORDERLESS
        for argument in node.args
    }

    def is_set(node: ast.expr) -> bool:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
            return is_set(node.left) or is_set(node.right)
        return (
            isinstance(node, ast.Set | ast.SetComp)
            or (isinstance(node, ast.Call) and called(node) in {"set", "frozenset"})
            or (isinstance(node, ast.Name) and node.id in sets)
            or (isinstance(node, ast.Attribute) and node.attr in sets)
        )

    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for name in names:
                    if name.name.split(".")[0] in OUTSIDE:
                        yield node.lineno, f"imports {name.name}"
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in OUTSIDE:
                yield node.lineno, f"imports {module}"
            case ast.Call() if called(node) in {"hash", "id"} and isinstance(node.func, ast.Name):
                yield node.lineno, f"{called(node)}() differs between runs"
            case ast.Call() if called(node) == "sum" and any(has_floats(each) for each in node.args):
                yield node.lineno, "sum() of floats differs between Pythons"
            case ast.Call() if called(node) in ORDERED | {"join"} and any(map(is_set, node.args)):
                yield node.lineno, f"{called(node)}() shows a set's order"
            case ast.Call(func=ast.Attribute(value=value, attr="pop"), args=[]) if is_set(value):
                yield node.lineno, "pop() shows a set's order"
            case ast.For() if is_set(node.iter):
                yield node.lineno, "a loop shows a set's order"
            case ast.ListComp() | ast.DictComp() | ast.GeneratorExp() if id(node) not in pardoned:
                if any(is_set(each.iter) for each in node.generators):
                    yield node.lineno, "a comprehension shows a set's order"
            case ast.Starred() if is_set(node.value):
                yield node.lineno, "unpacking shows a set's order"
            case ast.BinOp(op=ast.Pow(), right=ast.Constant(value=float())):
                yield node.lineno, "a broken power is libm's"


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def names_of_sets(tree: ast.AST) -> set[str]:
    """Names and attributes that a module says or shows to be sets; one name, one meaning, per module."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=ast.Set() | ast.SetComp()):
                names |= {name_of(target) for target in targets}
            case ast.Assign(targets=targets, value=ast.Call() as call) if called(call) in {
                "set",
                "frozenset",
            }:
                names |= {name_of(target) for target in targets}
            case ast.AnnAssign(target=target, annotation=annotation) if means_set(annotation):
                names.add(name_of(target))
            case ast.arg(arg=name, annotation=ast.expr() as annotation) if means_set(annotation):
                names.add(name)
    return names - {""}


def name_of(target: ast.expr) -> str:
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def means_set(annotation: ast.expr) -> bool:
    return ast.unparse(annotation).split("[")[0] in {"set", "frozenset", "AbstractSet", "Set"}


def has_floats(node: ast.expr) -> bool:
    """Whether floats are made in an expression, as far as one can see."""
    return any(
        isinstance(part, ast.Div)
        or (isinstance(part, ast.Constant) and isinstance(part.value, float))
        or (isinstance(part, ast.Call) and called(part) == "float")
        for part in ast.walk(node)
    )


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_engine_keeps_the_laws_of_luck_and_time(path: Path) -> None:
    found = [f"{path.name}:{line}: {law}" for line, law in breaches(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import os.path",
        "from random import Random",
        "hash('a')",
        "id(object())",
        "for x in {1, 2}: pass",
        "for x in set(y): pass",
        "[x for x in frozenset(y)]",
        "s = {1}\nfor x in s: pass",
        "s: set[str] = make()\nlist(s)",
        "def f(s: frozenset[str]): return {x: 1 for x in s}",
        "class A:\n  def f(self):\n    self.s = set()\n    self.s.pop()",
        "s = {1}\n','.join(s)",
        "s = {1}\nf(*s)",
        "s = {1}\nfor x in s | t: pass",
        "sum(x / 2 for x in y)",
        "sum([0.1, 0.2])",
        "x ** 0.5",
    ],
)
def test_each_breach_is_seen(source: str) -> None:
    assert len(list(breaches(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "s = {1}\nfor x in sorted(s): pass",
        "s = {1}\nany(x for x in s)",
        "s = {1}\n2 in s",
        "{x + 1 for x in {1, 2}}",
        "sum(x // 2 for x in y)",
        "y = [3]\ny.pop()",
        "x ** 2",
        "import math",
        "class A:\n  def hash(self): return self.digest.hash()",
    ],
)
def test_what_is_harmless_is_left_alone(source: str) -> None:
    assert list(breaches(source)) == []


IMPORT_ALL_DRILLS = """
import importlib, pkgutil, drills
for module in pkgutil.walk_packages(drills.__path__, "drills."):
    importlib.import_module(module.name)
"""


def imported_by(program: str) -> set[str]:
    """The top-level modules that a fresh Python holds after running a program."""
    done = subprocess.run(
        [sys.executable, "-c", program + "\nimport sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_the_drills_run_without_a_screen() -> None:
    assert "textual" not in imported_by(IMPORT_ALL_DRILLS)


def test_the_command_line_starts_without_its_heavy_parts() -> None:
    if importlib.util.find_spec("tui.cli") is None:
        pytest.skip("there is no command line yet")
    assert imported_by("import tui.cli") & {"textual", "faker", "joblib"} == set()
