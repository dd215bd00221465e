/**
 * The least a viewer can do: reads the file, then serves one page with 500 rectangles and 30 rows. No viewer on Node can
 * be on screen sooner on the same machine, so the way to the first chart is told as a multiple of this one. With `parse`
 * it also reads the file into columns before it listens.
 *
 *   node floor-server.mjs FILE [parse] → prints its address when it listens
 *
 * The page has the hooks that tsviz' own page has: a click zooms, in as long a motion, and buttons change the view. An
 * address that ends in #WIDTHxHEIGHT gives its canvas another size.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , file = '', mode = ''] = process.argv;

const PAGE = `<!doctype html><meta charset="utf-8"><title>floor</title><body style="margin: 0">
<button data-action="view-icicle">icicle</button><button data-action="view-sunburst">sunburst</button>
<canvas style="display: block; width: 1400px; height: 500px" data-big-child="300,60" data-row-height="24"></canvas>
<table></table><script>
const canvas = document.querySelector('canvas');
const size = /^#([\\d.]+)x([\\d.]+)$/.exec(location.hash);
if (size !== null) {
  canvas.style.width = 'calc(100vw - ' + (innerWidth - size[1]) + 'px)';
  canvas.style.height = size[2] + 'px';
}
const context = canvas.getContext('2d', { alpha: false });
let view = 'icicle', zoom = 1;
function draw() {
  const scale = devicePixelRatio, width = canvas.clientWidth;
  if (canvas.width !== Math.round(width * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(canvas.clientHeight * scale);
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, canvas.clientHeight);
  for (let i = 0; i < 500; i++) {
    const row = Math.floor(i / 50), at = i % 50;
    context.fillStyle = 'hsl(' + (i * 37 % 360) + ' 60% 60%)';
    if (view === 'icicle') context.fillRect(at * width / 50 * zoom, row * 24, width / 50 * zoom - 1, 23);
    else {
      context.beginPath();
      context.arc(width / 2, 250, 20 * row + 20, at / 8 * zoom, at / 8 * zoom + 0.12);
      context.arc(width / 2, 250, 20 * row, at / 8 * zoom + 0.12, at / 8 * zoom, true);
      context.fill();
    }
  }
  canvas.setAttribute('data-view-ready', view);
}
canvas.onclick = () => {
  const from = zoom, to = zoom === 1 ? 2 : 1, start = performance.now();
  requestAnimationFrame(function move() {
    const share = Math.min(1, (performance.now() - start) / 240);
    zoom = from + (to - from) * share;
    draw();
    if (share < 1) requestAnimationFrame(move);
  });
};
for (const button of document.querySelectorAll('button')) button.onclick = () => {
  view = button.dataset.action.slice(5);
  requestAnimationFrame(draw);
};
onresize = () => requestAnimationFrame(draw);
draw();
const table = document.querySelector('table');
for (let i = 0; i < 30; i++) {
  const row = table.insertRow();
  for (const text of [i, '1.0', '2.0', 'name']) row.insertCell().textContent = text;
}
table.setAttribute('data-view-ready', 'table');
</script>`;

const bytes = readFileSync(file);
if (mode === 'parse') {
  const { readColumns } = await import('./read-columns.mjs');
  readColumns(bytes);
}
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(PAGE);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/`);
});
