// Who calls whom, each edge in the colour of its health. The same is in the table below it, which is what screen readers and keyboards use.
import { healthOf } from './page.js';

const places = { client: [60, 170], orders: [270, 170], payments: [500, 70], inventory: [500, 270], redis: [780, 95], postgres: [780, 245] };
const width = 108, height = 40;

export function drawMap(figure, status, choose) {
  const names = [...new Set(status.edges.flatMap(edge => [edge.from, edge.to]))];
  const strangers = names.filter(name => !places[name]);
  const at = name => places[name] ?? [780, 330 + 60 * strangers.indexOf(name)];
  const tall = Math.max(340, 370 + 60 * (strangers.length - 1));
  const svg = make('svg', { viewBox: `0 0 860 ${tall}`, role: 'img' });
  const bad = status.edges.filter(edge => edge.problem).map(edge => edge.edge);
  svg.setAttribute('aria-label', `Map of ${names.length} parts and ${status.edges.length} edges; ` + (bad.length ? `no answer on ${bad.join(', ')}` : 'every edge answers'));
  for (const edge of status.edges) svg.append(drawEdge(edge, at(edge.from), at(edge.to), choose));
  for (const name of names) svg.append(drawNode(name, at(name), status.services.find(service => service.name === name)));
  figure.replaceChildren(svg);
}

function drawEdge(edge, [x1, y1], [x2, y2], choose) {
  const group = make('g', { class: `edge ${healthOf(edge)}${edge.faults.length ? ' broken' : ''}` });
  // Long ways round what stands between: the client's edges to payments and inventory go above and below orders.
  const around = edge.from === 'client' && edge.to !== 'orders' ? (y2 < y1 ? -1 : 1) : 0;
  const bend = around * 70;
  const [sx, ex] = x2 > x1 ? [x1 + width / 2, x2 - width / 2] : [x1, x2];
  const path = `M${sx} ${y1} C${sx + (ex - sx) * .45} ${y1 + bend} ${ex - (ex - sx) * .45} ${y2 + bend * .35} ${ex} ${y2}`;
  const part = edge.to === 'redis' || edge.to === 'postgres' ? { orders: .3, payments: .5, inventory: .5 }[edge.from] ?? .5 : .55;
  const [lx, ly] = point(sx, y1, sx + (ex - sx) * .45, y1 + bend, ex - (ex - sx) * .45, y2 + bend * .35, ex, y2, part);
  const title = make('title');
  title.textContent = `${edge.edge}: ${edge.problem ?? (edge.milliseconds == null ? 'not asked yet' : edge.milliseconds.toFixed(1) + ' ms')}`;
  const label = make('text', { x: lx, y: ly - 6 });
  label.textContent = edge.problem ? '✕' : edge.milliseconds == null ? '' : edge.milliseconds < 10 ? edge.milliseconds.toFixed(1) : Math.round(edge.milliseconds);
  const hit = make('path', { d: path, class: 'hit' });
  hit.addEventListener('click', () => choose(edge.edge));
  group.append(title, make('path', { d: path, class: 'line' }), hit, label);
  return group;
}

function drawNode(name, [x, y], service) {
  const state = !service ? 'plain' : service.answers === false ? 'down' : service.openBreakers.length ? 'slow' : 'ok';
  const group = make('g', { class: `node ${state}` });
  const label = make('text', { x, y });
  label.textContent = name;
  group.append(make('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: 9 }), label);
  return group;
}

const point = (x0, y0, x1, y1, x2, y2, x3, y3, t) => [b(x0, x1, x2, x3, t), b(y0, y1, y2, y3, t)];
const b = (p0, p1, p2, p3, t) => (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t ** 2 * p2 + t ** 3 * p3;

export function make(name, attributes = {}) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
