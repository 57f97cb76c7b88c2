// The viewer: keys and buttons; a page that is turned to takes the place of the one before, without loading all anew.
import { Sheet } from "./sheet.js";
import { fetched, isTyping, swap } from "./swap.js";

const PARTS = ["where", "turning", "sheet", "text", "share"];
const viewer = document.getElementById("viewer");
const sheet = new Sheet(document.getElementById("sheet"));
let hit = -1, going = null;

const marks = () => Array.from(document.querySelectorAll("#sheet .mark"));
const box = (mark) => ["x", "y"].map((name) => Number(mark.getAttribute(name))).concat(
  [["x", "width"], ["y", "height"]].map(([from, size]) => Number(mark.getAttribute(from)) + Number(mark.getAttribute(size))));

function showHit(number) {
  const all = marks();
  hit = number;
  all.forEach((mark, index) => mark.classList.toggle("now", index === number));
  if (!all[number]) return;
  sheet.show(box(all[number]));
  say(`Chỗ ${number + 1} trong ${all.length} chỗ ở trang này`);
}

function say(words) {
  document.getElementById("told").textContent = words;
}

// The next place on this page; after the last the first of the next page that has one.
function turnHit(step) {
  const next = hit < 0 && step < 0 ? -1 : hit + step;
  if (next >= 0 && next < marks().length) return showHit(next);
  const link = document.querySelector(step > 0 ? "[data-hit=next]" : "[data-hit=previous]");
  if (link) return go(link.href, step > 0 ? "first" : "last");
  return say(step > 0 ? "Không còn chỗ nào phía sau" : "Không còn chỗ nào phía trước");
}

async function go(url, wanted = "", push = true) {
  if (going) going.abort();
  const mine = going = new AbortController();
  viewer.setAttribute("aria-busy", "true");
  try {
    const got = await fetched(url, { signal: mine.signal });
    if (!swap(got.page, PARTS)) return location.assign(url);
    if (push) history.pushState(null, "", url);
    ready();
    sheet.box.scrollTo({ top: 0, behavior: "instant" });
    if (marks().length) showHit(wanted === "last" ? marks().length - 1 : 0);
  } catch (error) {
    if (error.name !== "AbortError") say("Không tới được máy chủ. Xem máy chủ còn chạy không rồi thử lại.");
  } finally {
    if (mine === going) viewer.removeAttribute("aria-busy");
  }
}

function ready() {
  hit = -1;
  sheet.adopt();
  markThumbnail();
  say("");
}

// Thumbnails: all places at once, pictures only of those that come near.
const thumbnails = document.getElementById("thumbnails");
const pageNow = () => Number(document.getElementById("where").firstElementChild.dataset.page);

function fillThumbnails() {
  const { pages, link, image, hits } = thumbnails.dataset;
  const found = new Set(hits ? hits.split(" ").map(Number) : []);
  const list = document.createElement("ol");
  for (let number = 1; number <= Number(pages); number += 1) {
    const item = document.createElement("li"), anchor = document.createElement("a"), picture = new Image(90, 124);
    picture.loading = "lazy";
    picture.decoding = "async";
    picture.alt = "";
    picture.src = image.replace("{page}", number);
    anchor.href = link.replace("{page}", number);
    anchor.dataset.turn = "";
    anchor.append(picture, `Trang ${number}`);
    if (found.has(number)) {
      anchor.classList.add("found");
      const told = document.createElement("small");
      told.textContent = "có từ tìm";
      anchor.append(told);
    }
    item.append(anchor);
    list.append(item);
  }
  thumbnails.replaceChildren(list);
}

function markThumbnail() {
  thumbnails.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const anchor = thumbnails.querySelectorAll("a")[pageNow() - 1];
  if (!anchor) return;
  anchor.setAttribute("aria-current", "page");
  const list = thumbnails.firstElementChild, item = anchor.parentElement;
  list.scrollTo({ top: item.offsetTop - list.clientHeight / 2, left: item.offsetLeft - list.clientWidth / 2, behavior: "instant" });
}

function toggleText() {
  const closed = viewer.classList.toggle("textless");
  document.querySelector("[data-do=text]").setAttribute("aria-pressed", String(!closed));
  sessionStorage.setItem("textless", closed ? "1" : "");
}

const follow = (selector) => { const link = document.querySelector(selector); if (link) go(link.href); };
const actions = {
  closer: () => sheet.closer(), farther: () => sheet.farther(), whole: () => sheet.whole(), rotate: () => sheet.rotate(),
  next: () => turnHit(1), previous: () => turnHit(-1), text: toggleText,
};
const keys = {
  "+": actions.closer, "=": actions.closer, "-": actions.farther, 0: actions.whole, r: actions.rotate,
  n: actions.next, p: actions.previous, t: actions.text,
  ArrowRight: () => follow("[data-page=next]"), ArrowLeft: () => follow("[data-page=previous]"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  // A sheet wider than its box is moved by the arrows, as anything that scrolls.
  if (event.key.startsWith("Arrow") && sheet.box.contains(event.target) && sheet.zoom > 1) return;
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do]"), link = event.target.closest("a[data-turn]");
  if (button) return actions[button.dataset.do]();
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    return go(link.href, link.dataset.hit === "previous" ? "last" : "");
  }
  const copy = event.target.closest("[data-copy]");
  if (!copy) return undefined;
  const field = document.getElementById(copy.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return say("Đã chép dòng trích dẫn");
  } catch {
    return say("Dòng trích dẫn đã được chọn: bấm Ctrl+C để chép");
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "goto") return;
  event.preventDefault();
  const page = event.target.elements.trang;
  if (page.checkValidity()) go(thumbnails.dataset.link.replace("{page}", Number(page.value)));
});
window.addEventListener("popstate", () => go(location.href, "", false));

if (sessionStorage.getItem("textless")) toggleText();
fillThumbnails();
ready();
if (marks().length) showHit(0);
