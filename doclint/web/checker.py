"""Uploads → answers: taken in turn, each with a time limit, and the visitor is told what was not done."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from starlette.datastructures import UploadFile

from doclint.api import Report
from doclint.config import Settings
from doclint.reuse.packs.library import library
from doclint.web.checking import Answer, Form, Job, rendered, setup
from doclint.web.limits import Limits
from doclint.web.names import file_name
from doclint.web.scratch import scratch
from doclint.web.workers import Died, Workers
from vanthu.errors import VanthuError, dotted
from vanthu.web.faults import Fault


@contextmanager
def checker(settings: Settings, *, limits: Limits, processes: int) -> Iterator[Checker]:
    """Yield what checks uploads as ``settings`` want, with so many processes.

    Raises VanthuError for a pack that cannot be opened, OSError when there is no room for temporary files.
    """
    with library():
        pass  # a damaged pack is told once, and the default one is there before several want to build it
    with scratch() as folder, Workers(processes, partial(setup, settings), folder) as workers:
        yield Checker(workers, settings, limits, processes)


class Checker:
    """The processes that check, the settings that they check by, and how much they are asked at once."""

    def __init__(self, workers: Workers[Job, Answer], settings: Settings, limits: Limits, processes: int) -> None:
        self.settings, self.limits = settings, limits
        self._workers = workers
        self._waiting = 0
        # An upload is read into memory when its turn is near, so few of them are there at any time.
        self._turns = asyncio.Semaphore(2 * processes)

    async def check(self, form: Form, uploads: Sequence[UploadFile]) -> list[Answer]:
        """Return the answer for each upload, in order. Raises Fault when these are too many or too large."""
        self._refuse(uploads)
        self._waiting += len(uploads)
        try:
            return await asyncio.gather(
                *(self._answer(form, upload, f"r{number}") for number, upload in enumerate(uploads, 1))
            )
        finally:
            self._waiting -= len(uploads)

    def _refuse(self, uploads: Sequence[UploadFile]) -> None:
        limits = self.limits
        if len(uploads) > limits.files:
            raise Fault(413, f"gửi {len(uploads)} tệp một lần, quá giới hạn {limits.files}", "gửi làm nhiều lần")
        for upload in uploads:
            if (upload.size or 0) > limits.file_bytes:
                most = dotted(limits.file_bytes // 2**20)
                raise Fault(413, f"tệp «{file_name(upload.filename)}» quá giới hạn {most} MiB", TOO_LARGE)
        if self._waiting + len(uploads) > limits.waiting:
            raise Fault(503, "máy chủ đang soát quá nhiều tệp", "chờ ít phút rồi gửi lại", {"Retry-After": "30"})

    async def _answer(self, form: Form, upload: UploadFile, id: str) -> Answer:
        async with self._turns:
            job = Job(form, file_name(upload.filename), await upload.read(), id)
            future = self._workers.submit(job, self.limits.seconds)
            try:
                return await asyncio.wrap_future(future)
            except TimeoutError:
                reason = f"soát quá {self.limits.seconds:g} giây nên đã dừng"
                return _not_checked(job, VanthuError(reason, hint="chia nhỏ văn bản, hoặc mở bằng Word rồi lưu lại"))
            except Died:
                reason = "tệp này làm chương trình dừng đột ngột"
                return _not_checked(job, VanthuError(reason, hint="gửi tệp cho nhóm phát triển"))


def _not_checked(job: Job, error: VanthuError) -> Answer:
    return rendered(job, Report(Path(job.name), error=error))


TOO_LARGE = "bỏ bớt ảnh hoặc tách phụ lục; bản quét thì dùng digitize"
