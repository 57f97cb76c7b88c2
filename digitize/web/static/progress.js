// The dashboard follows the run: when the figures of the ledger change, the page is fetched and its parts are swapped.
import { fetched, swap } from "./swap.js";

const SECONDS = 4, box = document.getElementById("now"), root = document.body.dataset.root;
let last = "";

async function look() {
  if (document.hidden) return;
  const told = document.getElementById("told");
  try {
    const answer = await fetch(`${root}/api/status`);
    if (!answer.ok) throw new Error(answer.statusText);
    const now = await answer.text();
    if (last && now !== last) swap((await fetched(location.href)).page, ["now"]);
    last = now;
    told.textContent = "";
  } catch {
    told.textContent = "Không tới được máy chủ; số liệu dưới đây là của lần xem trước.";
  }
}

if (box) {
  look();
  setInterval(look, SECONDS * 1000);
}
