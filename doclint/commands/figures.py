"""The commands ``doclint register …`` that write figures: export, stats, report."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanthu.exit_codes import DoclintExit

if TYPE_CHECKING:
    from doclint.register.figures import By, Figures

year_option = click.option("--year", metavar="NĂM", type=click.IntRange(1945, 2200), help="Năm ban hành.")
output_option = click.option(
    "--output", metavar="TỆP", type=click.Path(path_type=Path, dir_okay=False), help="Ghi vào tệp này."
)
meetings_option = click.option("--meetings", is_flag=True, help="Hội nghị, thay vì văn bản.")


@click.command()
@year_option
@meetings_option
@output_option
def export(year: int | None, meetings: bool, output: Path | None) -> int:
    """Xuất sổ ra bảng CSV, nhập lại được bằng «import»."""
    from doclint.register.exporting import documents_csv, meetings_csv
    from doclint.register.store import reading

    with reading() as opened:
        years = [year] if year is not None else []
        text = meetings_csv(opened.meetings(years)) if meetings else documents_csv(opened.entries(years))
    _deliver(text, output)
    return DoclintExit.CLEAN


@click.command()
@year_option
@click.option("--by", type=click.Choice(("unit", "type", "month")), help="Kèm số liệu theo đơn vị, loại, hay tháng.")
@click.option(
    "--format", "form", type=click.Choice(("terminal", "csv", "xlsx")), default="terminal", help="Dạng.  [terminal]"
)
@output_option
def stats(year: int | None, by: By | None, form: str, output: Path | None) -> int:
    """Số liệu của một năm so với năm trước: văn bản (giảm 15%), hội nghị (trực tuyến 60%, giảm 10%)."""
    figures = _figures(year)
    if form == "xlsx":
        from doclint.register.workbook import write_workbook

        if output is None:
            raise click.UsageError("dạng xlsx cần --output TỆP.xlsx")
        write_workbook(figures, by, output)
        _written(output)
        return DoclintExit.CLEAN
    from doclint.register.figures import BY, grouped
    from doclint.register.lines import figures_csv
    from doclint.register.terminal import figure_lines

    groups, heading = (grouped(figures.entries, figures.period, by), BY[by]) if by is not None else ((), "")
    if form == "csv":
        _deliver(figures_csv(figures, groups, heading), output)
    else:
        text = "\n".join(figure_lines(figures, groups, heading))
        _deliver(f"{text}\n", output)
    return DoclintExit.CLEAN


@click.command()
@click.option(
    "--period", type=click.Choice(("6-thang", "nam")), required=True, help="Báo cáo 6 tháng (trước 07/6), năm (07/12)."
)
@click.option("--year", metavar="NĂM", type=click.IntRange(1945, 2200), required=True, help="Năm báo cáo.")
@click.option(
    "--output",
    metavar="TỆP.docx",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Ghi báo cáo vào tệp này.",
)
def report(period: str, year: int, output: Path) -> int:
    """Soạn báo cáo 6 tháng hay năm theo thể thức, có phụ lục chỉ rõ mỗi số liệu từ dòng nào của sổ."""
    from doclint.config import settings_for
    from doclint.register.report import deadline, write_report
    from doclint.rulebook import load

    due = deadline(year, half=period == "6-thang")
    office = settings_for(output.absolute().parent, load()).office
    write_report(_figures(year, due - datetime.timedelta(days=1)), due, office, output)
    _written(output)
    click.echo(f"Điền các chỗ «……», soát lại: doclint check {output.name}; gửi trước ngày {due:%d/%m/%Y}.")
    return DoclintExit.CLEAN


def _figures(year: int | None, until: datetime.date | None = None) -> Figures:
    """Return the figures of a year up to the day ``until``, to today at the latest; this year when none is named."""
    from doclint.register.figures import Period, figures_of
    from doclint.register.store import reading

    today = datetime.date.today()
    year = year if year is not None else today.year
    if year > today.year:
        raise click.UsageError(f"năm {year} chưa đến")
    last = min(today, until or today, datetime.date(year, 12, 31))
    with reading() as opened:
        years = (year - 1, year)
        return figures_of(opened.entries(years), opened.meetings(years), Period(year, last))


def _deliver(text: str, output: Path | None) -> None:
    from vanthu.files import write_atomic

    if output is None:
        click.echo(text, nl=False)
        return
    # Excel takes a CSV file for UTF-8 only when it begins with the mark.
    write_atomic(output, text.encode("utf-8-sig" if output.suffix.lower() == ".csv" else "utf-8"))
    _written(output)


def _written(output: Path) -> None:
    from vanthu.files import near

    click.echo(f"Đã ghi {near(output)}")
