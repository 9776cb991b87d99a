// The same broadcast as ours, by Node's ws: an 8×8 torus with a glider, a tick every 100 ms, as JSON. The message is made
// once and handed to every socket.
//
//   node node-server.mjs        prints "listening on PORT"
import { WebSocketServer } from '../../browser/node_modules/ws/wrapper.mjs';

const size = 8;
const intervalMs = 100;

const glider = [[2, 1], [3, 2], [1, 3], [2, 3], [3, 3]];
let cells = new Uint8Array(size * size);
for (const [x, y] of glider) cells[y * size + x] = 1;
let tick = 0;

const at = (x, y) => cells[((y + size) % size) * size + ((x + size) % size)];

function step() {
  const next = new Uint8Array(size * size);
  const deltas = [];
  for (let y = 0; y < size; ++y) {
    for (let x = 0; x < size; ++x) {
      let neighbours = -at(x, y);
      for (let dy = -1; dy <= 1; ++dy) {
        for (let dx = -1; dx <= 1; ++dx) neighbours += at(x + dx, y + dy);
      }
      const alive = neighbours === 3 || (neighbours === 2 && at(x, y) === 1);
      next[y * size + x] = Number(alive);
      if (alive !== (at(x, y) === 1)) deltas.push({ x, y, alive });
    }
  }
  cells = next;
  ++tick;
  return deltas;
}

function fullState() {
  const grid = Array.from({ length: size }, (_, y) => Array.from(cells.subarray(y * size, (y + 1) * size)));
  return JSON.stringify({ type: 'full_state', tick, grid, size });
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws', backlog: 4096 });
server.on('connection', (viewer) => viewer.send(fullState()));
server.on('listening', () => {
  const address = server.address();
  console.log(`listening on ${typeof address === 'object' && address ? address.port : address}`);
});

setInterval(() => {
  const message = Buffer.from(JSON.stringify({ type: 'delta', tick: tick + 1, deltas: step() }));
  for (const viewer of server.clients) viewer.send(message, { binary: false });
}, intervalMs);
