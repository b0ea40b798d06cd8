// Three charts on one axis of time: the last two minutes at most, with the times of faults behind them.
import { make } from './map.js';

const longest = 120, shortest = 30, wide = 300, tall = 130, left = 34, bottom = 18, top = 6;

export function drawCharts(place, { seconds: all, events, status }) {
  const now = status.upSeconds, seconds = Math.min(longest, Math.max(shortest, Math.floor(now))), from = now - seconds;
  const shown = all.filter(one => one.at >= from);
  const sum = (one, field) => one.load.reduce((total, load) => total + load[field], 0);
  const ended = one => sum(one, 'ok') + sum(one, 'refused') + sum(one, 'unknown');
  const slowest = (one, field) => { const known = one.load.map(load => load[field]).filter(value => value != null); return known.length ? Math.max(...known) : null; };
  const series = (read, only = one => one.load.length > 0) => shown.map(one => [one.at, only(one) ? read(one) : null]);
  const asked = series(one => sum(one, 'due')), answered = series(one => sum(one, 'ok'));
  const share = series(one => ended(one) ? 100 * sum(one, 'ok') / ended(one) : null);
  const p50 = series(one => slowest(one, 'p50')), p99 = series(one => slowest(one, 'p99'));
  const windows = windowsOf(events, now).filter(([, end]) => end > from);
  place.replaceChildren(
    chart('Rate', 'a second', [from, seconds], windows, [['asked', 'c3', asked], ['answered ok', 'c1', answered]], null, value => `${Math.round(value)}/s`),
    chart('Availability', '% of what ended', [from, seconds], windows, [['answered ok', 'c1', share]], [0, 100], value => `${value.toFixed(value > 99.9 || value === 0 ? 0 : 1)} %`),
    chart('Latency', 'ms from due, the slower scenario', [from, seconds], windows, [['p99', 'c2', p99], ['p50', 'c1', p50]], null, value => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`));
}

/** From the log: when each fault was in place. */
function windowsOf(events, now) {
  const open = new Map(), windows = [];
  for (const event of events) {
    if (event.kind === 'fault-injected') open.set(event.subject, event.at / 1e6);
    if (event.kind === 'fault-healed' && open.has(event.subject)) {
      windows.push([open.get(event.subject), event.at / 1e6]);
      open.delete(event.subject);
    }
  }
  return [...windows, ...[...open.values()].map(start => [start, now])];
}

function chart(title, unit, [from, seconds], windows, curves, range, words) {
  const box = document.createElement('div'), head = document.createElement('h3'), value = document.createElement('span');
  box.className = 'chart';
  box.dataset.chart = title.toLowerCase();
  const last = curves.map(([name, , points]) => [name, points.findLast(([, y]) => y != null)?.[1]]).filter(([, y]) => y != null);
  value.textContent = last.length ? last.map(([name, y]) => `${name} ${words(y)}`).join(', ') : 'no load';
  head.append(title, value);
  const most = Math.max(range?.[1] ?? 0, ...(range ? [] : nice(Math.max(1, ...curves.flatMap(([, , points]) => points.map(([, y]) => y ?? 0))))));
  const x = at => left + (wide - left) * Math.min(1, Math.max(0, (at - from) / seconds)), y = value => top + (tall - top - bottom) * (1 - value / most);
  const svg = make('svg', { viewBox: `0 0 ${wide} ${tall}`, role: 'img', 'aria-label': `${title}, ${unit}, the last ${seconds} s: ${value.textContent}` });
  for (const [start, end] of windows) svg.append(make('rect', { class: 'area', x: x(start), y: top, width: Math.max(1, x(end) - x(start)), height: tall - top - bottom }));
  for (const tick of [0, most / 2, most]) {
    svg.append(make('path', { class: 'grid', d: `M${left} ${y(tick)}H${wide}` }));
    label(svg, left - 6, y(tick) + 4, String(+tick.toPrecision(3)), 'end');
  }
  for (const [ago, anchor] of [[seconds, 'start'], [Math.round(seconds / 2), 'middle'], [0, 'end']]) label(svg, x(from + seconds - ago), tall - 4, ago ? `${ago} s ago` : 'now', anchor);
  for (const [, kind, points] of curves) {
    let path = '', drawing = false;
    for (const [at, value] of points) {
      if (value == null) { drawing = false; continue; }
      path += `${drawing ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      drawing = true;
    }
    if (path) svg.append(make('path', { class: `curve ${kind}`, d: path }));
  }
  box.append(head, svg);
  if (curves.length > 1) box.append(legend(curves));
  return box;
}

function legend(curves) {
  const list = document.createElement('ul');
  list.className = 'legend';
  for (const [name, kind] of curves) {
    const item = document.createElement('li'), line = make('svg', { viewBox: '0 0 24 8', 'aria-hidden': 'true', class: kind });
    line.append(make('path', { d: 'M0 4h24' }));
    item.append(line, name);
    list.append(item);
  }
  return list;
}

function label(svg, x, y, text, anchor) {
  const node = make('text', { class: 'tick', x, y, 'text-anchor': anchor });
  node.textContent = text;
  svg.append(node);
}

function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [[1, 2, 5, 10].map(step => step * power).find(step => step >= value)];
}
