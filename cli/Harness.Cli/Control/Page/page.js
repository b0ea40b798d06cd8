// What the control API says, on a page: it keeps nothing of its own but the token, and that only as long as the tab lives.
import { drawMap } from './map.js';
import { drawCharts } from './charts.js';
import { FaultForm, showFaults } from './faults.js';

const $ = id => document.getElementById(id);
const stored = 'harness-token';
const state = { seconds: [], events: [], status: null };
const form = new FaultForm($('kind'), $('summary'), $('fields'));

function readToken() {
  const given = /(?:^#|&)token=([0-9a-f]+)/.exec(location.hash);
  if (given) {
    sessionStorage.setItem(stored, given[1]);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(stored);
}

async function ask(method, path, body) {
  const response = await fetch('/api/v1/' + path, {
    method,
    headers: { Authorization: 'Bearer ' + sessionStorage.getItem(stored), ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (response.status === 401) {
    sessionStorage.removeItem(stored);
    login();
    throw new Error('the token is wrong');
  }
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Error((answer && (answer.problems ? answer.problems.join('; ') : answer.detail || answer.problem)) || 'status ' + response.status);
  return answer;
}

function say(text, bad = false) {
  $('said').textContent = text;
  $('said').className = bad ? 'said down' : 'said';
}

/** Does what a person asked for, and says what came of it. */
async function act(what, work) {
  try {
    say(await work() || what);
    await refresh();
  } catch (problem) {
    say(`${what}: ${problem.message}`, true);
  }
}

const inject = body => act(`inject ${body.fault}`, async () => `${(await ask('POST', 'faults', body)).described}: in place`);
const heal = id => act(`heal ${id}`, async () => `${id}: ${(await ask('DELETE', 'faults/' + encodeURIComponent(id))).stage}`);

function login() {
  $('login').hidden = false;
  $('content').hidden = true;
  $('headline').textContent = 'A system that is up';
  $('token').focus();
}

async function refresh() {
  state.status = await ask('GET', 'status');
  draw();
}

function draw() {
  const { status } = state;
  if (!status) return;
  const bad = status.edges.filter(edge => edge.problem).length, live = status.faults.length, lost = status.stores.filter(store => store.problem).length, silent = status.services.filter(service => service.answers === false).length;
  $('lamp').className = 'lamp ' + (bad + silent + lost ? 'down' : live ? 'slow' : 'ok');
  const headline = (bad + silent + lost ? [bad && `${bad} of ${status.edges.length} edges do not answer`, silent && `${silent} of ${status.services.length} services are silent`, lost && `${lost} of ${status.stores.length} stores are silent`].filter(Boolean).join(', ') : 'Everything answers')
    + (live ? `, ${live} ${live === 1 ? 'fault' : 'faults'} in place` : '');
  // Said again it would be read aloud again.
  if ($('headline').textContent !== headline) {
    $('headline').textContent = headline;
    document.title = `${headline} – Harness`;
  }
  $('about').textContent = `${status.environment}, seed ${status.seed}, up for ${Math.floor(status.upSeconds)} s, record ${status.record}`;
  $('stop').disabled = status.ordersPerSecond === 0;
  drawMap($('map'), status, edge => { form.choose(edge); $('break').scrollIntoView({ block: 'nearest' }); });
  drawCharts($('charts'), state);
  drawEdges(status);
  drawParts(status);
  showFaults($('faults'), status.faults, heal);
  drawLog();
}

function row(table, key, cells) {
  const body = table.tBodies[0];
  let found = [...body.rows].find(one => one.dataset.key === key);
  if (!found) {
    found = body.insertRow();
    found.dataset.key = key;
    cells.forEach((cell, i) => {
      const made = document.createElement(i === 0 ? 'th' : 'td');
      if (i === 0) made.scope = 'row';
      found.append(made);
    });
  }
  cells.forEach((cell, i) => cell(found.cells[i]));
}

const text = (value, kind = '') => cell => { cell.textContent = value; cell.className = kind; };

/** Buttons are made once, so that a redrawn row does not take the focus away. */
const buttons = list => cell => {
  cell.className = 'acts';
  if (cell.childElementCount === 0) {
    for (const [label, name, body] of list) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'small';
      button.textContent = label;
      button.setAttribute('aria-label', `${label} ${name}`);
      button.addEventListener('click', () => inject(body));
      cell.append(button);
    }
  }
};

function drawEdges(status) {
  for (const edge of status.edges)
    row($('edges'), edge.edge, [
      text(edge.edge),
      text(edge.problem ?? (edge.milliseconds == null ? '–' : `${edge.milliseconds.toFixed(1)} ms`), 'number ' + healthOf(edge)),
      text(edge.faults.join(', ') || '–'),
      buttons([['Slow', edge.edge, { fault: 'latency', edges: [edge.edge], delay: '200ms' }], ['Cut', edge.edge, { fault: 'partition', edges: [edge.edge] }]]),
    ]);
}

function drawParts(status) {
  const stores = status.stores.map(store => ({ name: store.name, answers: store.problem ? false : store.milliseconds == null ? null : true, openBreakers: [] }));
  for (const part of [...status.services, ...stores]) {
    const body = { parts: [part.name], for: '5s' };
    row($('parts'), part.name, [
      text(part.name),
      text(part.answers === false ? 'silent' : part.openBreakers.length ? 'breaker open: ' + part.openBreakers.join(', ') : part.answers ? 'answers' : '–',
        part.answers === false ? 'down' : part.openBreakers.length ? 'slow' : 'ok'),
      text(part.cpu == null ? '–' : part.cpu.toFixed(2), 'number'),
      text(part.memoryBytes == null ? '–' : `${Math.round(part.memoryBytes / 1e6)} MB`, 'number'),
      buttons(status.parts.includes(part.name) ? [['Kill', part.name, { fault: 'kill', ...body }], ['Pause', part.name, { fault: 'pause', ...body }]] : []),
    ]);
  }
}

export const healthOf = edge => edge.problem ? 'down' : edge.milliseconds == null ? 'silent' : edge.milliseconds > 50 ? 'slow' : 'ok';

let logged = null;

/** Only when there is something new: whoever selects a line keeps it. */
function drawLog() {
  if (logged === state.events) return;
  logged = state.events;
  $('log').replaceChildren(...state.events.slice(-100).reverse().map(event => {
    const item = document.createElement('li'), at = document.createElement('time'), what = document.createElement('span'), word = document.createElement('b');
    item.className = event.kind;
    at.textContent = (event.at / 1e6).toFixed(1) + ' s';
    word.textContent = event.kind.replaceAll('-', ' ');
    what.append(word, ' ' + [event.subject, event.detail, event.numbers && Object.entries(event.numbers).map(([name, value]) => `${value} ${name}`).join(', ')].filter(Boolean).join(': '));
    item.append(at, what);
    return item;
  }));
}

/** Server-sent events by fetch, because EventSource cannot send the token. */
async function follow(signal) {
  const response = await fetch('/api/v1/stream', { headers: { Authorization: 'Bearer ' + sessionStorage.getItem(stored) }, signal });
  if (!response.ok) throw new Error('status ' + response.status);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let left = ''; ;) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the stream has ended');
    const parts = (left + value).split('\n\n');
    left = parts.pop();
    for (const part of parts) {
      const kind = /^event: (.*)$/m.exec(part)?.[1], data = /^data: (.*)$/m.exec(part)?.[1];
      if (kind && data) await take(kind, JSON.parse(data));
    }
  }
}

async function take(kind, data) {
  if (kind === 'second') {
    state.seconds = [...state.seconds.slice(-599), data];
    await refresh();
  } else if (kind === 'happened') {
    state.events = [...state.events.slice(-499), data];
    drawLog();
  } else {
    await refresh();
  }
}

async function run() {
  if (!readToken()) return login();
  const following = new AbortController();
  try {
    $('login').hidden = true;
    form.fill(await ask('GET', 'faults/kinds'));
    await refresh();
    form.know(state.status);
    Object.assign(state, await ask('GET', 'history'));
    $('content').hidden = false;
    draw();
    await follow(following.signal);
  } catch (problem) {
    following.abort();
    if (!sessionStorage.getItem(stored)) return;
    $('lamp').className = 'lamp down';
    $('headline').textContent = 'The harness does not answer';
    say(problem.message, true);
    setTimeout(run, 2000);
  }
}

$('login').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem(stored, $('token').value.trim());
  run();
});
$('fault').addEventListener('submit', event => {
  event.preventDefault();
  inject(form.read());
});
$('heal-all').addEventListener('click', () => act('heal all', async () => { const healed = await ask('DELETE', 'faults'); return healed.length ? healed.map(one => `${one.id}: ${one.stage}`).join(', ') : 'Nothing was wrong.'; }));
$('rate').addEventListener('input', () => { $('rate-text').textContent = $('rate').value + '/s'; });
$('load').addEventListener('submit', event => {
  event.preventDefault();
  act('start load', async () => { await ask('PUT', 'load', { rate: $('rate').value + '/s' }); return `Load: ${$('rate').value} orders a second, for ten minutes.`; });
});
$('stop').addEventListener('click', () => act('stop load', async () => { await ask('DELETE', 'load'); return 'The load is over.'; }));
run();
