// Runs in the page: what of its layout a person would stumble over. Each finding is one line with where it is.

/** How many px of overlap or cut are an accident of rounding and line heights. */
const SLACK = 3;
const INTERACTIVE =
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=menuitem], [role=switch], [role=slider]';

export function layoutProblems() {
  const texts = shownTexts();
  return [
    ...new Set([...sideways(), ...headings(), ...broken(texts), ...cut(texts), ...overTexts(texts), ...overControls()]),
  ];
}

function sideways() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const widest = [...document.body.querySelectorAll('*')].filter(
    (one) => one.getBoundingClientRect().right > clientWidth + 1 && !scrollerOf(one),
  );
  return [`scrolls sideways, ${scrollWidth} px in ${clientWidth}: ${nameOf(widest.at(-1) ?? document.body)}`];
}

function headings() {
  const ones = [...document.querySelectorAll('h1')].filter(isShown);
  return ones.length === 1 ? [] : [`has ${ones.length} h1`];
}

/** Each text that can be seen, with its lines. What is only for screen readers is not one. */
function shownTexts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || parent.closest('script, style, noscript, option, textarea') || !isShown(parent))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter((line) => line.width > 1 && line.height > 1);
    if (lines.length > 0) found.push({ node, parent, lines, box: range.getBoundingClientRect() });
  }
  return found;
}

/** Text that an ancestor hides a part of, where nothing says so: no ellipsis, no clamp, no way to scroll. */
function cut(texts) {
  return texts.flatMap(({ node, parent, lines, box }) => {
    for (let around = parent; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (isScroller(style)) return [];
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return [];
      if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
      const edge = around.getBoundingClientRect();
      const across =
        /hidden|clip/.test(style.overflowX) && (box.right > edge.right + SLACK || box.left < edge.left - SLACK);
      const tall = lines.some((line) => line.bottom > edge.bottom + SLACK + 1 || line.top < edge.top - SLACK - 1);
      if (across || (/hidden|clip/.test(style.overflowY) && tall))
        return [`cuts "${short(node.data)}" in ${nameOf(around)}`];
    }
    return box.right > innerWidth + SLACK && !scrollerOf(parent) ? [`"${short(node.data)}" leaves the window`] : [];
  });
}

/** A short word in two lines: the room beside it was taken by something else. */
function broken(texts) {
  return texts
    .filter(
      ({ node, lines }) =>
        /^\s*[^\s-]{2,14}\s*$/.test(node.data) && new Set(lines.map(({ top }) => Math.round(top))).size > 1,
    )
    .map(({ node }) => `breaks "${short(node.data)}" in two`);
}

function overTexts(texts) {
  const shown = texts
    .filter(({ parent, box }) => !floats(parent) && isOnTop(parent, box))
    .map(({ parent, lines, ...text }) => ({
      ...text,
      lines: lines.map((line) => seenOf(line, parent)).filter((line) => line !== null),
    }))
    .slice(0, 1_500);
  const found = [];
  shown.forEach((one, at) => {
    for (const other of shown.slice(at + 1)) {
      if (!overlaps(one.box, other.box, SLACK)) continue;
      if (one.lines.some((a) => other.lines.some((b) => overlaps(a, b, SLACK + 2))))
        found.push(`"${short(one.node.data)}" lies over "${short(other.node.data)}"`);
    }
  });
  return found;
}

/** Controls that lie half over one another; one wholly inside the other (a button in a field) is meant. */
function overControls() {
  const controls = [...document.querySelectorAll(INTERACTIVE)]
    .filter((one) => isShown(one) && !floats(one))
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ one, box }) => box.width > 4 && box.height > 4 && isOnTop(one, box));
  return controls.flatMap(({ one, box }, at) =>
    controls
      .slice(at + 1)
      .filter((other) => !one.contains(other.one) && !other.one.contains(one))
      .filter((other) => overlaps(box, other.box, SLACK) && !within(box, other.box) && !within(other.box, box))
      .map((other) => `${nameOf(one)} lies over ${nameOf(other.one)}`),
  );
}

const overlaps = (a, b, slack) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > slack &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack;

const within = (a, b) =>
  a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;

function isShown(element) {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
}

/** Whether it can be seen in the box it scrolls in. */
function isOnTop(element, box) {
  const scroller = scrollerOf(element)?.getBoundingClientRect();
  return !scroller || overlaps(box, scroller, 0);
}

/** The part of a line that the boxes around it let through; null: none of it, as with a clamp's further lines. */
function seenOf(line, parent) {
  let { left, right, top, bottom } = line;
  for (let around = parent; around && around !== document.body; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around);
    if (!/hidden|clip|auto|scroll/.test(overflowX + overflowY)) continue;
    const edge = around.getBoundingClientRect();
    [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
  }
  return right - left > SLACK && bottom - top > SLACK ? { left, right, top, bottom } : null;
}

/** Bars and dialogs that stay while the page goes past beneath them. */
function floats(element) {
  for (let around = element; around; around = around.parentElement) {
    if (/fixed|sticky/.test(getComputedStyle(around).position)) return true;
  }
  return false;
}

function isScroller({ overflowX, overflowY }) {
  return /auto|scroll/.test(overflowX + overflowY);
}

function scrollerOf(element) {
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
    if (isScroller(getComputedStyle(around))) return around;
  }
  return null;
}

function nameOf(element) {
  const said = element.getAttribute('aria-label') ?? element.textContent ?? '';
  return `<${element.tagName.toLowerCase()} class="${String(element.getAttribute('class') ?? '').slice(0, 60)}"> ${short(said)}`;
}

function short(text) {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > 50 ? `${line.slice(0, 50)}…` : line;
}
