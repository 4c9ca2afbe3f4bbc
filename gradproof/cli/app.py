"""The commands and their options. What they do stands in a module each, loaded when the command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from . import note_options as note
from .exits import USAGE, told_in
from .grade_options import (
    AgainstOption,
    ExecutorOption,
    HintsOption,
    Marks,
    MarksOption,
    NamesOption,
    OutOption,
    RubricOption,
    SubmissionsArgument,
    SummaryOption,
)
from .options import (
    AcceptOption,
    BaselineOption,
    CacheOption,
    CheckOption,
    DeclareOption,
    Device,
    FilesArgument,
    Form,
    InlineOption,
    JobsOption,
    JsonOption,
    Language,
    LanguageOption,
    LockedArgument,
    LockOption,
    MatrixLayout,
    NamesArgument,
    Output,
    OutputOption,
    ReportFormat,
    ReportOption,
    SeedOption,
    StrictOption,
    WriteBaselineOption,
)
from .terminal import complain

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,  # plain help: answers at once, and reads the same in a pipe
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def gradproof(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> int:
    """Gradients of deep learning: derived symbolically, proved for every size, checked numerically, written up.

    Exit codes: 0 all is well, 1 something is refuted or a check failed, 2 the command line is wrong, 3 something is
    undecided or not available here.
    """
    if version:
        from gradproof._version import __version__

        typer.echo(f"gradproof {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        complain("which command? gradproof --help lists them")
        raise typer.Exit(USAGE)
    return 0


@app.command("list")
def list_command(
    json: JsonOption = False,
    lang: LanguageOption = Language.EN,
) -> int:
    """List the derivations, by chapter."""
    from .listing import list_derivations

    return list_derivations(as_json=json, language=lang.value)


@app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A derivation, as `gradproof list` names it.")],
    form: Annotated[Form, typer.Option("--format", help="How to write it.")] = Form.TEXT,
    lang: LanguageOption = Language.EN,
    layout: Annotated[
        MatrixLayout, typer.Option("--layout", help="Of the matrix form: what runs along the rows of a derivative.")
    ] = MatrixLayout.NUMERATOR,
    stability: Annotated[
        bool, typer.Option("--stability", help="Show the errors of its naive and its stable form, measured now.")
    ] = False,
) -> int:
    """Show a derivation, step by step or as code, or how accurate its forms are in floating point."""
    if stability:
        from .stability import show_stability

        return show_stability(name, form.value, language=lang.value)
    from .showing import show_derivation

    return show_derivation(name, form.value, language=lang.value, layout=layout.value)


@app.command("verify")
def verify_command(
    names: NamesArgument = None,
    torch: Annotated[bool, typer.Option("--torch", help="Compare with Torch's autograd as well.")] = False,
    device: Annotated[Device, typer.Option("--device", help="Where Torch computes.")] = Device.CPU,
    seed: SeedOption = 0,
    jobs: JobsOption = None,
    cache: CacheOption = True,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every line and its evidence.")] = False,
    json: JsonOption = False,
) -> int:
    """Prove and check every line of derivations."""
    from .checking import Options
    from .verifying import verify_derivations

    options = Options(torch or device is Device.CUDA, device.value, seed, jobs, cache)
    return verify_derivations(names or [], options, verbose=verbose, as_json=json)


@app.command("notes")
def notes_command(
    names: NamesArgument = None,
    chapters: note.ChaptersOption = None,
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")] = Path("notes"),
    lang: note.NotesLanguageOption = note.NotesLanguage.EN,
    formats: note.FormatsOption = None,
    symbols: note.SymbolsOption = None,
    layout: note.NotesLayoutOption = None,
    texts: note.TextsOption = None,
    torch: Annotated[bool, typer.Option("--torch", help="Compare with Torch's autograd as well.")] = False,
    seed: SeedOption = 0,
    jobs: JobsOption = None,
    cache: CacheOption = True,
) -> int:
    """Write lecture notes: LaTeX, HTML and PDF, or slides, single derivations and Markdown.

    The notes are one LaTeX file, one HTML file that needs nothing beside it, and a PDF where TeX is installed.
    """
    from .formats import chosen_formats

    wanted = None if formats is None else chosen_formats(formats)  # said before anything is computed
    from .checking import Options
    from .noting import Wish, write_lecture_notes

    own, picked = note.paired(symbols or ()), note.parted(chapters)
    wish = Wish(tuple(names or ()), picked, wanted, lang.value, layout.value if layout else None, own, texts)
    return write_lecture_notes(wish, out, Options(torch=torch, seed=seed, jobs=jobs, cached=cache))


@app.command("check")
def check_command(
    files: FilesArgument,
    output: ReportOption = ReportFormat.TEXT,
    strict: StrictOption = False,
    baseline: BaselineOption = None,
    write_baseline: WriteBaselineOption = False,
    declare: DeclareOption = None,
    inline: InlineOption = False,
    lang: LanguageOption = Language.EN,
    seed: SeedOption = 0,
    jobs: JobsOption = None,
    cache: CacheOption = True,
) -> int:
    """Check the formulas of .tex, .md, .ipynb and .py files, or of one text (-).

    Exit codes: 1 if something is refuted or a check failed, else 0; with --strict 3 if something is not decided.
    """
    from .documents import Request, check_files
    from .reports import Reporting

    request = Request(tuple(files), tuple(declare or ()), seed, jobs, inline, cache)
    with told_in(lang.value):
        return check_files(request, Reporting(output.value, strict, baseline, write_baseline, lang.value))


@app.command("lock")
def lock_command(
    names: LockedArgument = None,
    file: LockOption = Path("gradproof.lock"),
    check: CheckOption = False,
    accept: AcceptOption = False,
    declare: DeclareOption = None,
    seed: SeedOption = 0,
    jobs: JobsOption = None,
) -> int:
    """Keep the formulas of files and derivations; say which mean something else than those that were accepted.

    Exit codes: 1 if a formula is changed or gone (with --check also if it is new), 3 if it may mean something else.
    """
    from .documents import Request
    from .locking import Locking, lock_formulas

    return lock_formulas(Request(tuple(names or ()), tuple(declare or ()), seed, jobs), Locking(file, check, accept))


@app.command("read")
def read_command(
    files: FilesArgument,
    output: OutputOption = Output.TEXT,
    declare: DeclareOption = None,
    lang: LanguageOption = Language.EN,
    seed: SeedOption = 0,
    jobs: JobsOption = None,
) -> int:
    """Say how formulas are understood, what is missing, and which lines would make them decidable."""
    from .documents import Request
    from .understanding import read_files

    with told_in(lang.value):
        request = Request(tuple(files), tuple(declare or ()), seed, jobs)
        return read_files(request, as_json=output is Output.JSON, language=lang.value)


@app.command("grade")
def grade_command(
    files: SubmissionsArgument,
    against: AgainstOption,
    rubric: RubricOption = None,
    output: MarksOption = Marks.TEXT,
    out: OutOption = None,
    hints: HintsOption = 0,
    lang: LanguageOption = Language.EN,
    names: NamesOption = None,
    summary: SummaryOption = None,
    executor: ExecutorOption = None,
    seed: SeedOption = 0,
    jobs: JobsOption = None,
) -> int:
    """Grade derivations that people hand in: their marks, the first wrong line, and the slip in it.

    Exit codes: 0 whatever the marks, 2 if the command line is wrong.
    """
    from .grading import ClassRequest, grade_files

    form = output.value
    request = ClassRequest(tuple(files), against, names, executor, summary, seed, jobs, rubric, hints, form, out)
    with told_in(lang.value):
        return grade_files(request, language=lang.value)
