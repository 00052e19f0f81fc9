"use strict";
// Tables: a click on a head sorts by that column, another click turns the order.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.rows[0].cells];
  heads.forEach((head, column) => {
    head.tabIndex = 0;
    const sort = () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      heads.forEach((h) => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.rows].slice(1);
      const key = (row) => row.cells[column].textContent.trim();
      const number = (row) => parseFloat(key(row).replace(",", ""));
      rows.sort((a, b) => {
        const x = number(a), y = number(b);
        const order = Number.isNaN(x) || Number.isNaN(y) ? key(b).localeCompare(key(a)) : y - x;
        return down ? order : -order;
      });
      rows.forEach((row) => row.parentNode.appendChild(row));
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); sort(); } });
  });
}
// Heatmaps: the two cells under the pointer, their images and their distance.
const data = JSON.parse(document.getElementById("salad").textContent);
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.body.appendChild(tip);
const C = data.categories.length, S = data.styles.length, N = C * S;
const cellAt = (k, below) => (below ? (k % C) * S + Math.floor(k / C) : k);
const name = (c) => data.categories[Math.floor(c / S)] + " / " + data.styles[c % S];
const add = (parent, tag, text) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  parent.appendChild(node);
  return node;
};
const show = (c) => {
  const box = add(tip, "span");
  if (data.images[c]) add(box, "img").src = data.images[c];
  add(box, "small", name(c));
};
for (const image of document.querySelectorAll("img.heatmap")) {
  const means = data.means[Number(image.dataset.model)];
  image.addEventListener("mousemove", (e) => {
    const scale = data.width / image.clientWidth;
    const column = Math.floor((e.offsetX * scale - data.left) / data.cell);
    const row = Math.floor((e.offsetY * scale - data.top) / data.cell);
    tip.hidden = row < 0 || column < 0 || row >= N || column >= N || row === column;
    if (tip.hidden) return;
    const below = row > column, a = cellAt(row, below), b = cellAt(column, below);
    const [i, j] = a < b ? [a, b] : [b, a];
    const mean = means[i * N - (i * (i + 1)) / 2 + j - i - 1];
    tip.replaceChildren();
    show(a);
    show(b);
    add(tip, "b", mean === null ? "no distance" : "distance " + mean);
    const x = Math.min(e.clientX + 16, window.innerWidth - tip.offsetWidth - 8);
    const y = Math.min(e.clientY + 16, window.innerHeight - tip.offsetHeight - 8);
    tip.style.left = Math.max(4, x) + "px";
    tip.style.top = Math.max(4, y) + "px";
  });
  image.addEventListener("mouseleave", () => { tip.hidden = true; });
}
