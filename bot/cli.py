"""The command line's verbs. Output and exit codes: 0 fine, 1 findings, 2 cannot run."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from bot import __version__, streams
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.knowledge.offline import OfflineKnowledge
    from bot.settings.settings import Settings

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # before numpy is imported: one thread gives the same sums in the same order on any machine
os.environ.setdefault("PTB_TIMEDELTA", "true")  # durations as timedelta, the library's future default
FINDINGS: Final = 1
CANNOT_RUN: Final = 2

app = typer.Typer(
    name="madoguchi",
    help="One fixed, sourced answer per question, and a person within reach.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class _Options:
    config: Path | None = None
    verbose = False


_options = _Options()

FaqFolder = Annotated[
    Path | None, typer.Option("--faq", help="Use another FAQ folder (with entries/ in it).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print for a program.")]


def main() -> None:
    """Entry point: an operator's fault ends in one message and exit code 2, without a traceback."""
    streams.speak_freely()
    try:
        app()
    except BotError as error:
        _fail(error)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except Exception as error:
        _fail_unexpectedly(error)
    finally:
        streams.leave()


def _fail(error: BaseException) -> NoReturn:
    print(str(error), file=sys.stderr)
    if _options.verbose:
        cause = error.__cause__ or error.__context__
        while cause is not None:
            print(f"  because of {type(cause).__name__}: {cause}", file=sys.stderr)
            cause = cause.__cause__ or cause.__context__
    raise SystemExit(CANNOT_RUN)


def _fail_unexpectedly(error: Exception) -> NoReturn:
    """A disk error or a fault of ours: print what it was and where, so that it can be reported."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last is not None else "?"
    told = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else type(error).__name__
    print(
        f"{told} ({place}); "
        + (
            "check the disk, its room and the rights, and try again"
            if isinstance(error, OSError)
            else "this is a fault of the program: please report it; -v shows more"
        ),
        file=sys.stderr,
    )
    if _options.verbose:
        traceback.print_exception(error)
    raise SystemExit(CANNOT_RUN)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"madoguchi {__version__}")
        raise typer.Exit


@app.callback()
def options(
    config: Annotated[
        Path | None, typer.Option(help="Settings file; without it ./config.yaml or the defaults.")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show causes of errors and more logs.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Madoguchi helps residents register to use a town's public facilities."""
    del version
    _options.config, _options.verbose = config, verbose


def _settings(faq: Path | None = None) -> Settings:
    from bot.settings.settings import load  # noqa: PLC0415 - each verb loads only what it needs, so that --help is quick

    return load(_options.config, faq_folder=faq)


def _desk(faq: Path | None) -> OfflineKnowledge:
    from bot.knowledge.offline import OfflineKnowledge  # noqa: PLC0415

    return OfflineKnowledge(_settings(faq))


@app.command()
def run() -> None:
    """Serve Telegram if MADOGUCHI_TELEGRAM_TOKEN is set; otherwise open the desk in this terminal."""
    signal.signal(signal.SIGTERM, _stop)  # SIGTERM stops the program from its first moment
    from bot.app import run as run_app  # noqa: PLC0415

    run_app(_settings(), verbose=_options.verbose)


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)


@app.command()
def chat(
    database: Annotated[
        Path | None, typer.Option(help="Another file for the record; default is the chat's own.")
    ] = None,
    faq: FaqFolder = None,
) -> None:
    """Resident and staff seats in one terminal; also reads lines from a pipe."""
    from bot.app import chat as chat_app  # noqa: PLC0415

    chat_app(_settings(faq), database, verbose=_options.verbose)


@app.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="The question.")] = None,
    as_json: AsJson = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read one question a line, or {"turns": ["…", "…"]}.')
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every candidate with all its evidence.")
    ] = False,
    faq: FaqFolder = None,
) -> None:
    """Show what would be answered, and why. Changes nothing and needs no database."""
    if (text is None) == (not jsonl):
        print(
            "say either a question or --jsonl, for example: madoguchi ask '登録に必要な書類は'",
            file=sys.stderr,
        )
        raise SystemExit(CANNOT_RUN)
    from bot.tools.texts import print_asking, turns_of  # noqa: PLC0415

    desk = _desk(faq)
    if jsonl:
        for line in _lines():
            print(_json(desk.ask_in_turn(turns_of(line)).as_row()), flush=True)
        return
    asking = desk.ask(streams.argument(text or ""))
    if as_json:
        print(_json(asking.as_row(), indent=1))
        return
    print_asking(asking, explain)


def _lines() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        yield streams.decoded(raw)


def _json(value: object, indent: int | None = None) -> str:
    """JSON for any terminal: characters its encoding lacks are written as escapes."""
    return json.dumps(value, ensure_ascii=not streams.takes_any_character(), indent=indent)


@app.command()
def check(
    faq: FaqFolder = None,
    write_lock: Annotated[
        bool, typer.Option("--write-lock", help="Add new versions of answers to versions.lock first.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check settings and FAQ: every finding at once, each with its place and what to do."""
    from bot.tools.texts import as_row, print_completeness  # noqa: PLC0415

    desk = _desk(faq)
    if write_lock:
        desk.write_lock()
    judged = desk.library.judge()
    problems = (*desk.odd_settings(), *judged.problems)
    faults = [p for p in problems if p.severity == "error"]
    if as_json:
        print(_json([as_row(problem) for problem in problems], indent=1))
    else:
        for problem in problems:
            print(f"{problem} [{problem.severity.value}]")
        if judged.knowledge is not None:
            base = judged.knowledge
            print(
                f"OK: 回答 {len(base.entries)}件、窓口 {len(base.directory.windows)}件、例 {len(base.examples)}件、"
                f"対象外 {len(base.decoys)}件 (版 {base.revision})"
            )
            print_completeness(base)
        print(f"文の意味での照合: {desk.library.encoder_name or desk.why_no_encoder()}")
        warnings = len(problems) - len(faults)
        print(f"誤り {len(faults)}件、注意 {warnings}件")
    raise SystemExit(FINDINGS if faults else 0)


@app.command()
def lines(faq: FaqFolder = None) -> None:
    """Print how many lines of a phone's screen the answers fill before they are unfolded."""
    from bot.tools.texts import print_lines  # noqa: PLC0415

    print_lines(_desk(faq).knowledge)


@app.command()
def score(
    file: Annotated[
        Path | None,
        typer.Argument(help="A TSV with the columns text, primary, acceptable; none: the FAQ's talks."),
    ] = None,
    faq: FaqFolder = None,
    as_json: AsJson = False,
    misses: Annotated[bool, typer.Option("--misses", help="List what did not come out right.")] = False,
) -> None:
    """Ask every question of a labelled file, or play the FAQ's example talks, and count what comes out right."""
    from bot.tools.reports import print_score, print_talks, score_as_row  # noqa: PLC0415

    if file is None:
        print_talks(_desk(faq).score_talks(), misses)
        return
    result = _desk(faq).score(file)
    if as_json:
        print(_json(score_as_row(result), indent=1))
    else:
        print_score(result, misses)


@app.command()
def fit(
    faq: FaqFolder = None,
    write: Annotated[bool, typer.Option(help="Write entries/fitted.json; without it only print.")] = True,
) -> None:
    """Train matching on the FAQ's phrasings and the writers in voices/ (about ten minutes on two cores)."""
    from bot.knowledge.fit import fit as fit_base  # noqa: PLC0415
    from bot.tools.reports import print_fit  # noqa: PLC0415

    desk = _desk(faq)
    fitted = fit_base(desk.library, desk.today())
    print_fit(fitted)
    for problem in fitted.problems:
        print(f"{problem} [{problem.severity.value}]")
    if write:
        desk.library.keep_fitted(fitted.text)
        print(f"wrote {desk.library.fitted_path}")


@app.command()
def schema(
    write: Annotated[
        bool, typer.Option("--write", help="Write it to entries/schema.json of the FAQ folder.")
    ] = False,
    faq: FaqFolder = None,
) -> None:
    """The JSON Schema of the FAQ's YAML, for editors."""
    from faq.content.schema import schema as text_of  # noqa: PLC0415

    if not write:
        print(text_of(), end="")
        return
    target = _settings(faq).faq_folder / "entries" / "schema.json"
    target.write_text(text_of(), encoding="utf-8")
    print(f"wrote {target}")


@app.command("migrate-content")
def migrate_content(
    folder: Annotated[Path, typer.Argument(help="An FAQ folder (with entries/ in it).")],
) -> None:
    """Move phrasings out of the files of answers into phrasings/, in place; the meaning of the FAQ stays the same."""
    from bot.knowledge.migration import migrate  # noqa: PLC0415

    for line in migrate(_desk(folder).library).told(folder):
        print(line)


@app.command()
def tickets(
    database: Annotated[Path | None, typer.Option(help="The record to look into.")] = None,
) -> None:
    """Tickets by number and state; no words of residents."""
    from bot.app import list_tickets  # noqa: PLC0415

    for line in list_tickets(_settings(), database):
        print(line)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    database: Annotated[Path | None, typer.Option(help="Another database than config.yaml's.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a file that is there.")] = False,
) -> None:
    """Copy the record while the bot runs, and check the copy."""
    from bot.storage.backup import backup as copy_to  # noqa: PLC0415

    done = copy_to(database or _settings().database, file, replace=replace)
    print(f"wrote {done.path}: schema {done.schema}, whole; " + _counted(done.rows))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A copy made with `madoguchi backup`.")],
    database: Annotated[Path | None, typer.Option(help="Another database than config.yaml's.")] = None,
) -> None:
    """Put a backup in place; refused while a bot holds the database."""
    from bot.storage.backup import restore as put_back  # noqa: PLC0415

    done, kept = put_back(file, database or _settings().database)
    print(f"restored {done.path}: schema {done.schema}, whole; " + _counted(done.rows))
    if kept is not None:
        print(f"what stood there before is kept as {kept}; delete it when you are sure")
    print("note: people who were forgotten after this backup was made are in it again")


def _counted(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {table}" for table, count in rows.items() if count)


@app.command()
def doctor() -> None:
    """Examine everything that has to be in order, one line each, with the command that mends a fault."""
    import asyncio  # noqa: PLC0415

    from bot.tools.doctor import examine  # noqa: PLC0415

    found = asyncio.run(examine(_settings()))
    for finding in found:
        print(finding)
    faults = sum(not finding.is_ok and not finding.is_warning for finding in found)
    raise SystemExit(FINDINGS if faults else 0)


@app.command()
def pause(
    notice: Annotated[
        str,
        typer.Option("--notice", help="What residents read; without it a standard text in five languages."),
    ] = "",
    until: Annotated[str, typer.Option(help="When it ends: 2時間, 14:00, 明日, 12-01.")] = "",
) -> None:
    """Give no answers for a while; a person can still be asked for, and dangers are answered."""
    print(_ordered("pause", notice, until))


@app.command()
def resume() -> None:
    """Answer again."""
    print(_ordered("resume"))


@app.command("notice")
def banner(
    text: Annotated[str, typer.Argument(help="What stands above every answer.")] = "",
    off: Annotated[bool, typer.Option("--off", help="Take it away.")] = False,
) -> None:
    """Show a text above every answer, without pausing."""
    if bool(text.strip()) == off:
        print("say either a text or --off, for example: madoguchi notice '9月1日は休館です'", file=sys.stderr)
        raise SystemExit(CANNOT_RUN)
    print(_ordered("notice", "--off" if off else text))


def _ordered(do: str, text: str = "", until: str = "") -> str:
    from bot.knowledge.offline import clock_of  # noqa: PLC0415
    from bot.tools.ordering import order  # noqa: PLC0415

    settings = _settings()
    return order(settings.database, settings.rules, clock_of(settings).now(), do, text, until)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="An empty or new folder.")],
    empty: Annotated[
        bool, typer.Option("--empty", help="Three answers of a town that does not exist, to write your own.")
    ] = False,
) -> None:
    """Copy the starter settings and FAQ to a folder of your own."""
    from bot.settings.starter import copy_to  # noqa: PLC0415

    for path in copy_to(folder, empty=empty):
        print(f"wrote {path}")
    print(f"next: cd {folder} && madoguchi check && madoguchi run")


@app.command()
def diagram() -> None:
    """The states of a ticket as a Mermaid diagram."""
    from handlers.model.tickets import diagram as text_of  # noqa: PLC0415

    print(text_of())
