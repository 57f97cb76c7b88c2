// The review queue by keyboard: Enter takes what stands in the field, Esc gives back what stood there, Tab goes on.
import { Sheet } from "./sheet.js";
import { fetched, swap } from "./swap.js";

const PARTS = ["progress", "document", "scan"];
let sheet = null, sending = false;

function adopt() {
  adoptScan();
  const first = document.querySelector("[aria-invalid=true]") || document.querySelector("[data-first]");
  if (!first) return;
  first.focus({ preventScroll: true });
  look(first); // one that the browser has put the focus on already does not get it again
}

function adoptScan() {
  const box = document.getElementById("sheet");
  if (sheet?.box === box) sheet.adopt();
  else sheet = new Sheet(box);
}

// The place of the field that has the focus: marked, and so near that it can be read.
async function look(input) {
  const form = input.form, { page, box } = form.dataset;
  document.querySelectorAll(".field.now").forEach((other) => other.classList.remove("now"));
  form.classList.add("now");
  form.scrollIntoView({ block: "nearest" });
  const svg = document.querySelector("#sheet svg");
  if (!page || !svg) return;
  if (svg.dataset.page !== page) {
    const got = await fetched(form.dataset.look);
    if (document.activeElement !== input || !swap(got.page, ["scan"])) return;
    adoptScan();
  }
  const place = box.split(" ").map(Number), mark = document.querySelector("#sheet .mark");
  [["x", place[0]], ["y", place[1]], ["width", place[2] - place[0]], ["height", place[3] - place[1]]]
    .forEach(([name, value]) => mark.setAttribute(name, value));
  sheet.show(place, true);
}

async function send(form) {
  if (sending) return;
  sending = true;
  form.setAttribute("aria-busy", "true");
  try {
    const got = await fetched(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    take(got);
  } catch {
    tell("Không tới được máy chủ nên chưa ghi. Xem máy chủ còn chạy không rồi bấm Enter lại.");
    form.removeAttribute("aria-busy");
  }
  sending = false;
}

async function go(url, push = true) {
  try {
    take(await fetched(url), push);
  } catch {
    tell("Không tới được máy chủ. Xem máy chủ còn chạy không rồi thử lại.");
  }
}

function take(got, push = true) {
  const held = document.querySelector("#sheet image")?.getAttribute("href");
  const same = held && held === got.page.querySelector("#sheet image")?.getAttribute("href");
  // The same scan is not loaded again between two fields of a page.
  if (!swap(got.page, same ? PARTS.slice(0, 2) : PARTS)) return location.assign(got.url);
  // Back leads to the document before, not to each of its fields.
  const path = new URL(got.url).pathname;
  if (push) history[path === location.pathname ? "replaceState" : "pushState"](null, "", got.url);
  adopt();
  return undefined;
}

function tell(words) {
  document.getElementById("told").textContent = words;
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches(".field [name=value]") && !event.target.closest(".field.now")) look(event.target);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".field")) return;
  event.preventDefault();
  send(event.target);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const input = event.target.matches(".field [name=value]") ? event.target : null;
  if (event.key === "Enter" && input) {
    event.preventDefault();
    send(input.form);
  } else if (event.key === "Escape" && input) {
    event.preventDefault();
    input.value = input.defaultValue;
    input.select();
    tell("Đã trả lại giá trị cũ");
  } else if (event.key === "PageDown") {
    event.preventDefault();
    go(document.querySelector("[data-skip]").href);
  }
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) ({ closer: () => sheet.closer(), farther: () => sheet.farther(), whole: () => sheet.whole(), rotate: () => sheet.rotate() })[button.dataset.do]();
});
window.addEventListener("popstate", () => go(location.href, false));

requestAnimationFrame(adopt); // not before the browser itself has put the focus on the field, which it would complain of
