/**
 * The least a viewer can do: reads the file, then serves one page with 500 rectangles and 30 rows. No viewer on Node can
 * be on screen sooner on the same machine, so the way to the first chart is told as a multiple of this one.
 *
 *   node floor-server.mjs FILE → prints its address when it listens
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const PAGE = `<!doctype html><meta charset="utf-8"><title>floor</title><canvas width="1400" height="500"></canvas>
<table></table><script>
const canvas = document.querySelector('canvas');
const context = canvas.getContext('2d');
for (let i = 0; i < 500; i++) {
  context.fillStyle = 'hsl(' + (i * 37 % 360) + ' 60% 60%)';
  context.fillRect(i % 50 * 28, Math.floor(i / 50) * 24, 27, 23);
}
for (let i = 0; i < 30; i++) {
  const row = document.querySelector('table').insertRow();
  for (const text of [i, '1.0', '2.0', 'name']) row.insertCell().textContent = text;
}
canvas.setAttribute('data-view-ready', 'icicle');
</script>`;

readFileSync(process.argv[2] ?? '');
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(PAGE);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/`);
});
