"""The command line: load, check, withdraw, archive, bring-back, compliance, rollup, outcome, explain,
compare, bridge, snapshot, restore, verify, admin.
"""

import argparse
import errno
import os
import sys

import duckdb

from poa_core.cli import commands, explain, undo
from poa_core.cli import load as load_command
from poa_core.cli.common import WrongUse
from poa_core.config import language, ledger_paths
from poa_core.ledger.file.lock import DatabaseInUse
from poa_core.ledger.file.opening import DatabaseDamaged, DatabaseMissing, DatabaseUnwritable
from poa_core.ledger.file.snapshots import CopyFailed
from poa_core.ledger.submission import Refused
from poa_core.words.language import words
from poa_core.words.refusals import sentence_hints

DONE, PROBLEMS, WRONG_USE, IN_USE = 0, 1, 2, 3
FULL = (errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 done, 1 the data has problems, 2 wrong use, 3 the database is in use."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    speak = words(language())
    options = _parser().parse_args(arguments)
    try:
        code = options.run(options, ledger_paths(options.database), speak)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the answer has seen enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except WrongUse as error:
        return _fail(speak(f"cli.{error.code}", **error.hints), WRONG_USE)
    except DatabaseInUse as error:
        return _fail(speak("cli.in_use", **commands.holder(error, speak)), IN_USE)
    except DatabaseMissing:
        return _fail(speak("cli.missing"), PROBLEMS)
    except DatabaseDamaged:
        return _fail(speak("cli.damaged"), PROBLEMS)
    except Refused as refusal:
        return _fail(speak(f"refusal.{refusal.code}", **sentence_hints(refusal, speak)), PROBLEMS)
    except DatabaseUnwritable:
        return _fail(speak("cli.unwritable"), PROBLEMS)
    except CopyFailed:
        return _fail(speak("cli.not_copied"), PROBLEMS)
    except OSError as error:
        if error.errno in FULL:
            return _fail(speak("cli.unwritable"), PROBLEMS)
        return _fail(speak("cli.not_found", file=error.filename or str(error)), WRONG_USE)
    except duckdb.Error:
        return _fail(speak("cli.damaged"), PROBLEMS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m poa_core", description=__doc__)
    chosen = parser.add_subparsers(required=True, metavar="command")
    load = _command(
        chosen, "load", load_command.load, "load a plan and its progress; all or nothing, file by file"
    )
    load.add_argument("--processes", metavar="F")
    load.add_argument("--plan", metavar="F")
    load.add_argument("--progress", metavar="F", nargs="+", action="extend")
    load.add_argument("--reason", help="why; a correction or a change to a closed month needs it")
    load.add_argument(
        "--yes",
        action="store_true",
        help="what looks like a slip, in values or names, was looked at and is right",
    )
    _plan_key(load)
    _decimal(load)
    check = _command(chosen, "check", commands.check, "say what is wrong with a file; nothing is stored")
    check.add_argument("file")
    check.add_argument("--format", choices=("text", "json"), default="text")
    _plan_key(check)
    _decimal(check)
    withdraw = _command(
        chosen, "withdraw", undo.withdraw, "take a whole upload back: progress, or a plan's newest version"
    )
    withdraw.add_argument(
        "upload",
        type=int,
        metavar="UPLOAD",
        help="its number: the address of its row in the history has it (carga=12)",
    )
    withdraw.add_argument("--reason", help="why; a plan and a closed month need it")
    for name, run, text in (
        ("archive", undo.archive, "take a plan out of the selectors; it keeps its address"),
        ("bring-back", undo.bring_back, "put an archived plan among the others again"),
    ):
        moved = _command(chosen, name, run, text)
        moved.add_argument("--reason", help="why; archiving needs it")
        _plan_key(moved)
        moved.set_defaults(name=name)
    for name, run, text in (
        ("compliance", commands.compliance, "each activity to date"),
        ("rollup", commands.rollup, "compliance by plan, objective, responsible or locality"),
        ("outcome", commands.outcome, "the outcome against its path"),
        (
            "explain",
            explain.explain,
            "the points each activity takes, and what changed since an earlier cut-off",
        ),
        ("compare", explain.compare, "each activity beside itself in another year, at the same cut-off"),
        ("bridge", explain.bridge, "the outcome from one report to the next, beside its path"),
    ):
        _question(chosen, name, run, text)
    _command(chosen, "snapshot", commands.snapshot, "copy the ledger into its snapshot folder")
    restore = _command(chosen, "restore", commands.restore, "put a snapshot in the database's place")
    which = restore.add_mutually_exclusive_group()
    which.add_argument("--list", action="store_true", help="say which there are and which are good")
    which.add_argument(
        "--from", dest="name", metavar="NAME", help="that one; those that hold more are set aside"
    )
    _command(chosen, "verify", commands.verify, "check the ledger's invariants")
    admin = _command(chosen, "admin", commands.admin, "name an administrator of the accounts that log in")
    admin.add_argument("address", help="the mail address they log in with")
    return parser


def _command(chosen, name: str, run, text: str) -> argparse.ArgumentParser:
    command = chosen.add_parser(name, help=text, description=text)
    command.add_argument(
        "--database", metavar="F", help="the DuckDB file (default: poa.duckdb in POA_DATA or data/)"
    )
    command.set_defaults(run=run)
    return command


def _question(chosen, name: str, run, text: str) -> None:
    command = _command(chosen, name, run, text)
    command.add_argument("--year", type=int, required=True)
    command.add_argument("--month", type=int, choices=range(13), required=True, metavar="0-12")
    command.add_argument(
        "--known-at", metavar="ISO", help="believe the ledger up to this instant (a date: its end in Lima)"
    )
    command.add_argument("--programme", choices=("initial", "current"), default="current")
    command.add_argument("--format", choices=("text", "csv", "json"), default="text")
    _plan_key(command, with_year=False)
    if name not in ("outcome", "compare", "bridge"):
        command.add_argument("--locality")
        command.add_argument("--responsible")
        command.add_argument("--objective")
    if name == "explain":
        command.add_argument("--since", metavar="YYYY-MM", help="the earlier cut-off, of the same year")
        command.add_argument(
            "--since-known-at",
            metavar="ISO",
            help="believe the ledger up to this instant in the earlier view",
        )
    if name == "compare":
        command.add_argument(
            "--with", dest="other", type=int, required=True, metavar="Y2", help="the other year"
        )
    if name == "rollup":
        command.add_argument("--by", choices=("plan", "objective", "responsible", "locality"), required=True)


def _plan_key(command: argparse.ArgumentParser, with_year: bool = True) -> None:
    if with_year:
        command.add_argument("--year", type=int)
    command.add_argument("--entity")
    command.add_argument("--process")


def _decimal(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--decimal", choices=("point", "comma"), help="how the file writes decimals, where it does not tell"
    )


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
