// Parts of a page are taken from another page of ours: it is drawn on the server, once, for browsers with and without
// scripts.
export async function fetched(url, options = {}) {
  const answer = await fetch(url, options);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { page, url: answer.url, status: answer.status };
}

// Put what the parts named by ``ids`` hold in ``page`` into this page; false when it lacks one: then it is another page.
export function swap(page, ids) {
  const parts = ids.map((id) => [document.getElementById(id), page.getElementById(id)]);
  if (parts.some(([ours, theirs]) => !ours || !theirs)) return false;
  for (const [ours, theirs] of parts) ours.replaceChildren(...theirs.childNodes);
  document.title = page.title;
  return true;
}

export const isTyping = (element) => element instanceof HTMLElement && (element.matches("input, textarea, select") || element.isContentEditable);
