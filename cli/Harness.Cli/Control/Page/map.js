// Who calls whom, each edge in the colour of its health. The same is in the table below it, which is what screen readers and keyboards use.
import { healthOf } from './page.js';

// Two drawings of the same: wide, and for a narrow screen tall, where the client is at the top and the stores are at the bottom.
const wide = {
  places: { client: [60, 170], orders: [270, 170], payments: [500, 70], inventory: [500, 270], redis: [780, 95], postgres: [780, 245] }, size: [860, 340], stranger: i => [780, 330 + 60 * i],
};
const tall = {
  places: { client: [200, 30], orders: [200, 175], payments: [75, 320], inventory: [325, 320], redis: [130, 470], postgres: [270, 470] }, size: [400, 505], stranger: i => [200, 540 + 60 * i],
};
const width = 108, height = 40, narrow = matchMedia('(max-width: 40rem)');

export function drawMap(figure, status, choose) {
  const names = [...new Set(status.edges.flatMap(edge => [edge.from, edge.to]))];
  const plan = narrow.matches ? tall : wide, strangers = names.filter(name => !plan.places[name]);
  const at = name => plan.places[name] ?? plan.stranger(strangers.indexOf(name));
  const bottom = plan.size[1] + 60 * strangers.length;
  const svg = make('svg', { viewBox: `0 0 ${plan.size[0]} ${bottom}`, role: 'img' });
  const bad = status.edges.filter(edge => edge.problem).map(edge => edge.edge);
  svg.setAttribute('aria-label', `Map of ${names.length} parts and ${status.edges.length} edges; ` + (bad.length ? `no answer on ${bad.join(', ')}` : 'every edge answers'));
  for (const edge of status.edges) svg.append(drawEdge(edge, at(edge.from), at(edge.to), choose, plan === tall));
  for (const name of names) svg.append(drawNode(name, at(name), healthOfPart(status, name), status.faults.some(fault => fault.parts.includes(name))));
  figure.replaceChildren(svg);
}

/** The four points of the curve that an edge is. */
function curve(edge, [x1, y1], [x2, y2], isTall) {
  // Around what stands between: the client's edges to payments and inventory pass orders, and those of orders to the stores pass both.
  const around = edge.from === 'client' && edge.to !== 'orders';
  if (isTall) {
    const [sy, ey] = [y1 + height / 2, y2 - height / 2], bend = around ? Math.sign(x2 - x1) * 150 : 0;
    return [[x1, sy], [x1 + bend, sy + (ey - sy) * .4], [x2 + bend * .15, ey - (ey - sy) * .4], [x2, ey]];
  }
  const [sx, ex] = x2 > x1 ? [x1 + width / 2, x2 - width / 2] : [x1, x2], bend = around ? Math.sign(y2 - y1) * 70 : 0;
  return [[sx, y1], [sx + (ex - sx) * .45, y1 + bend], [ex - (ex - sx) * .45, y2 + bend * .35], [ex, y2]];
}

function drawEdge(edge, from, to, choose, isTall) {
  const group = make('g', { class: `edge ${healthOf(edge)}${edge.faults.length ? ' broken' : ''}` });
  const points = curve(edge, from, to, isTall), path = `M${points[0]} C${points.slice(1).join(' ')}`;
  const [x, y] = pointOf(points, edge.to === 'redis' || edge.to === 'postgres' ? { orders: .3 }[edge.from] ?? .5 : .55);
  const title = make('title');
  title.textContent = `${edge.edge}: ${edge.problem ?? (edge.milliseconds == null ? 'not asked yet' : edge.milliseconds.toFixed(1) + ' ms')}`;
  const label = make('text', { x, y: y - 6 });
  label.textContent = edge.problem ? '✕' : edge.milliseconds == null ? '' : edge.milliseconds < 10 ? edge.milliseconds.toFixed(1) : Math.round(edge.milliseconds);
  const hit = make('path', { d: path, class: 'hit' });
  hit.addEventListener('click', () => choose(edge.edge));
  group.append(title, make('path', { d: path, class: 'line' }), hit, label);
  return group;
}

function healthOfPart(status, name) {
  const service = status.services.find(one => one.name === name), store = status.stores.find(one => one.name === name);
  if (service) return service.answers === false ? 'down' : service.openBreakers.length ? 'slow' : 'ok';
  return !store ? 'plain' : store.problem ? 'down' : store.milliseconds == null ? 'plain' : 'ok';
}

function drawNode(name, [x, y], health, isBroken) {
  const group = make('g', { class: `node ${health}${isBroken ? ' broken' : ''}` });
  const label = make('text', { x, y });
  label.textContent = name;
  group.append(make('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: 9 }), label);
  return group;
}

/** Where a curve is after a share of its way. */
const pointOf = (points, t) => [0, 1].map(axis => points.reduce((sum, point, i) => sum + [1, 3, 3, 1][i] * (1 - t) ** (3 - i) * t ** i * point[axis], 0));

export function make(name, attributes = {}) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
