// The box is one key away; on a narrow screen the results come before what narrows them.
import { isTyping } from "./swap.js";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  event.preventDefault();
  document.getElementById("q").select();
});
if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".facets details")?.removeAttribute("open");
