// A scan that can be zoomed and turned: an SVG as wide as it is shown, in a box that scrolls; marks lie on it.
// Without this it is as wide as its box.
const STEP = 1.25, SMALLEST = 0.2, LARGEST = 8, TURN = 90;

export class Sheet {
  constructor(box) {
    this.box = box;
    this.zoom = 1; // of the width of the box
    this.turn = 0;
    this.adopt();
    box.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    box.addEventListener("pointerdown", (event) => this.drag(event));
    new ResizeObserver(() => this.draw()).observe(box);
  }

  // Take up the picture that now stands in the box; how it is zoomed and turned stays.
  adopt() {
    this.svg = this.box.querySelector("svg");
    if (!this.svg) return;
    this.width = Number(this.svg.dataset.width);
    this.height = Number(this.svg.dataset.height);
    this.draw();
  }

  get across() { return this.turn % 180 ? this.height : this.width; }
  get down() { return this.turn % 180 ? this.width : this.height; }
  get scale() { return this.box.clientWidth * this.zoom / this.across; }

  draw() {
    if (!this.svg) return;
    const turned = { 0: "", 90: `translate(${this.height} 0) rotate(90)`, 180: `translate(${this.width} ${this.height}) rotate(180)`, 270: `translate(0 ${this.width}) rotate(270)` };
    this.svg.setAttribute("viewBox", `0 0 ${this.across} ${this.down}`);
    this.svg.firstElementChild.setAttribute("transform", turned[this.turn]);
    this.svg.style.width = `${Math.round(this.box.clientWidth * this.zoom)}px`;
    // The picture that came first is as fine as a screen; who looks closer gets all that was scanned.
    const image = this.svg.querySelector("image");
    if (this.zoom > 1.3 && image.dataset.full) {
      const full = image.dataset.full, loaded = new Image();
      delete image.dataset.full;
      loaded.onload = () => image.setAttribute("href", full);
      loaded.src = full;
    }
  }

  // Zoom and keep the point (in the box) where it is.
  zoomTo(zoom, x = this.box.clientWidth / 2, y = this.box.clientHeight / 2) {
    const before = this.zoom;
    this.zoom = Math.min(LARGEST, Math.max(SMALLEST, zoom));
    const grown = this.zoom / before, left = (this.box.scrollLeft + x) * grown - x, top = (this.box.scrollTop + y) * grown - y;
    this.draw();
    this.box.scrollTo({ left, top, behavior: "instant" });
  }

  closer() { this.zoomTo(this.zoom * STEP); }
  farther() { this.zoomTo(this.zoom / STEP); }
  whole() { this.zoomTo(1); }

  rotate() {
    this.turn = (this.turn + TURN) % 360;
    this.draw();
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const place = this.box.getBoundingClientRect();
    this.zoomTo(this.zoom * (event.deltaY < 0 ? STEP : 1 / STEP), event.clientX - place.left, event.clientY - place.top);
  }

  drag(event) {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    let { clientX: x, clientY: y } = event;
    const move = (now) => {
      this.box.scrollBy(x - now.clientX, y - now.clientY);
      ({ clientX: x, clientY: y } = now);
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      this.box.classList.remove("held");
    };
    this.box.classList.add("held");
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end, { once: true });
    document.addEventListener("pointercancel", end, { once: true });
    event.preventDefault();
    this.box.focus({ preventScroll: true });
  }

  // Where a place of the page, [left, top, right, bottom], stands on the turned page.
  placed([x0, y0, x1, y1]) {
    const { width, height } = this;
    return { 0: [x0, y0, x1, y1], 90: [height - y1, x0, height - y0, x1], 180: [width - x1, height - y1, width - x0, height - y0], 270: [y0, width - x1, y1, width - x0] }[this.turn];
  }

  // Bring a place to the middle of the box, with ``closer`` so near that it can be read.
  show(box, closer = false) {
    if (!this.svg) return;
    if (closer) {
      const [x0, y0, x1, y1] = this.placed(box);
      const fit = Math.min(0.75 * this.box.clientWidth / (x1 - x0), 0.45 * this.box.clientHeight / (y1 - y0));
      this.zoom = Math.min(2, Math.max(0.9, fit * this.across / this.box.clientWidth));
      this.draw();
    }
    const [x0, y0, x1, y1] = this.placed(box), scale = this.scale;
    this.box.scrollTo({
      left: (x0 + x1) / 2 * scale - this.box.clientWidth / 2,
      top: (y0 + y1) / 2 * scale - this.box.clientHeight / 2,
      behavior: "instant",
    });
  }
}
