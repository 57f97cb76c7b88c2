// Files are dropped or chosen, sent, and the answer is put into this page, which keeps them for the downloads.
(function () {
  "use strict";
  const root = document.body.dataset.root;
  const form = document.getElementById("upload");
  const results = document.getElementById("results");
  const csrf = form && form.querySelector("[name=csrf]"); // there where another application has this one in it
  let held = [], sending = null;

  if (form) {
    const input = document.getElementById("files");
    input.addEventListener("change", () => { if (input.files.length) check(Array.from(input.files)); });
    // The whole page takes files: one that misses the box must not open in place of the page.
    document.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      form.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
    document.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      form.classList.remove("over");
      check(Array.from(event.dataTransfer.files));
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-get]");
      if (button) download(button);
    });
  }

  const hasFiles = (event) => Array.from(event.dataTransfer ? event.dataTransfer.types : []).includes("Files");

  async function check(files) {
    if (sending) sending.abort();
    const mine = sending = new AbortController();
    const wrong = tooMuch(files);
    if (wrong) return fail(wrong);
    say(files.length > 1 ? `Đang soát ${files.length} tệp…` : `Đang soát «${files[0].name}»…`);
    form.setAttribute("aria-busy", "true");
    try {
      // Kept as they are now: the clerk may go on with a draft before he downloads its copy.
      const kept = [];
      for (const file of files) kept.push(new File([await contents(file)], file.name));
      const answer = await send(root + form.getAttribute("action").slice(root.length), kept, mine.signal);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== sending) return;
      const got = page.getElementById("results");
      if (!got) return location.assign(answer.url);
      if ("fault" in got.dataset) return fail(got.textContent.trim().replace(/\s+/g, " "));
      results.replaceChildren(...got.childNodes);
      // A secret document has no downloads: the page forgets it as the server does.
      held = kept.map((file, number) => results.querySelector(`[data-file="${number}"]`) ? file : null);
      results.querySelectorAll(".card .code").forEach(linkToRule);
      form.classList.add("small");
      document.title = page.title;
      history.replaceState(null, "", location.pathname);
      say("");
      const first = results.querySelector("h2");
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    } catch (error) {
      if (error.name !== "AbortError") fail(error.told || "Không gửi được tới máy chủ. Xem máy chủ còn chạy không rồi thử lại.");
    } finally {
      if (mine === sending) form.removeAttribute("aria-busy");
      document.getElementById("files").value = "";
    }
  }

  // In a tab of its own: this page would not come back with its report.
  function linkToRule(code) {
    const link = document.createElement("a"), told = document.createElement("span");
    link.href = `${root}/quy-tac/${encodeURIComponent(code.textContent)}`;
    link.target = "_blank";
    link.className = "code";
    told.className = "unseen";
    told.textContent = " (xem quy tắc ở thẻ mới)";
    link.append(code.textContent, told);
    code.replaceWith(link);
  }

  function tooMuch(files) {
    const most = form.dataset, all = files.reduce((sum, file) => sum + file.size, 0);
    const large = files.find((file) => file.size > most.fileBytes);
    if (files.length > most.files) return `Có ${files.length} tệp, mỗi lần chỉ soát được ${most.files} tệp.`;
    if (large) return `Tệp «${large.name}» quá ${most.fileBytes / 1048576} MB. Bỏ bớt ảnh hoặc tách phụ lục.`;
    if (all > most.requestBytes * 0.99) return `Các tệp cộng lại quá ${most.requestBytes / 1048576} MB. Gửi ít tệp hơn mỗi lần.`;
    return "";
  }

  async function contents(file) {
    try {
      return await file.arrayBuffer();
    } catch (error) {
      throw Object.assign(new Error(), { told: `Không đọc được «${file.name}»: là thư mục, hoặc đang bị chương trình khác giữ.` });
    }
  }

  function send(path, files, signal) {
    const body = new FormData();
    files.forEach((file) => body.append("files", file, file.name));
    return fetch(path, { method: "POST", body, signal, headers: csrf ? { "X-CSRF": csrf.value } : {} });
  }

  async function download(button) {
    const file = held[button.dataset.file], told = button.closest(".tools").querySelector(".told");
    button.disabled = true;
    told.classList.remove("failed");
    told.textContent = "Đang chuẩn bị tệp…";
    try {
      const answer = await send(root + button.dataset.get, [file]);
      if (!answer.ok) throw Object.assign(new Error(), { told: (await answer.json()).error });
      const name = nameIn(answer) || file.name.replace(/\.[^.]*$/, "") + ".soat.json";
      save(await answer.blob(), name);
      told.textContent = `Đã tải về: ${name}`;
    } catch (error) {
      told.classList.add("failed");
      told.textContent = "Không tải được: " + (error.told || "máy chủ không trả lời") + ".";
    }
    button.disabled = false;
    button.focus();
  }

  function nameIn(answer) {
    const found = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
    return found && decodeURIComponent(found[1]);
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function say(words) {
    const place = document.getElementById("working");
    place.classList.remove("failed");
    place.textContent = words;
  }

  function fail(words) {
    say(words);
    document.getElementById("working").classList.add("failed");
    document.getElementById("files").focus();
  }

  // The list of rules.
  const sift = document.getElementById("sift");
  if (sift) {
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
    const lines = Array.from(document.querySelectorAll(".rules li"), (line) => [line, fold(line.dataset.words)]);
    const show = () => {
      const words = fold(document.getElementById("words").value).split(/\s+/);
      const levels = Array.from(sift.querySelectorAll("input:checked"), (box) => box.value);
      let count = 0;
      lines.forEach(([line, text]) => {
        line.hidden = !levels.includes(line.dataset.level) || !words.every((word) => text.includes(word));
        count += line.hidden ? 0 : 1;
      });
      document.querySelectorAll(".family").forEach((family) => { family.hidden = !family.querySelector("li:not([hidden])"); });
      document.getElementById("shown").textContent = count === lines.length ? "" : `Đang hiện ${count} trong ${lines.length} quy tắc.`;
    };
    sift.addEventListener("input", show);
    sift.addEventListener("submit", (event) => event.preventDefault());
  }
})();
