// Draws the charts of a run's page. Everything it shows comes from #run-data and is put into the page as text, never as markup.
(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('js');
  const run = JSON.parse(document.getElementById('run-data').textContent);

  // ---- Numbers as people write them -------------------------------------------------------------------------------------
  const digits = v => Math.abs(v) >= 99.95 ? v.toFixed(0) : Math.abs(v) >= 9.995 ? v.toFixed(1) : v.toFixed(2);
  const short = v => Number.isInteger(v) ? String(v) : digits(v).replace(/\.?0+$/, '');
  const scaled = (v, base, names) => {
    let i = 0;
    while (Math.abs(v) >= base && i < names.length - 1) { v /= base; i++; }
    return short(v) + names[i];
  };
  const duration = ms => ms < 1 ? `${short(ms * 1000)} µs` : ms < 1000 ? `${short(ms)} ms` : `${short(ms / 1000)} s`;
  const units = {
    count: v => scaled(v, 1000, ['', 'k', 'M', 'G']),
    perSecond: v => `${scaled(v, 1000, ['', 'k', 'M', 'G'])}/s`,
    ratio: v => `${short(Math.floor(v * 1e4) / 100)} %`,
    milliseconds: duration,
    bytes: v => scaled(v, 1024, [' B', ' KiB', ' MiB', ' GiB']),
  };

  // ---- Colours come from page.css, so that light, dark and paper are decided in one place ---------------------------------
  const color = name => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const dash = { solid: 'solid', dashed: [6, 4], dotted: [1.5, 3] };

  // ---- Phases and faults: named in lanes above the plot of every chart, shaded behind its lines ---------------------------
  const lane = 17;   // px, of which 2 are the gap to the next
  const lanesOf = list => {
    const ends = [];
    return list.map(w => {
      const free = ends.findIndex(end => end <= w.from);
      const row = free < 0 ? ends.length : free;
      ends[row] = w.to;
      return row;
    });
  };
  const faultLanes = lanesOf(run.faults);
  const lanes = 1 + Math.max(0, ...faultLanes.map(row => row + 1));
  const strip = lanes * lane + 4;

  const windows = (list, draw) => list.length === 0 ? [] : [{
    type: 'custom', silent: true, z: 1, animation: false, clip: false, tooltip: { show: false }, encode: { x: [0, 1], y: -1 },
    data: list.map(w => [w.from, w.to]),
    renderItem: (params, api) => {
      const plot = params.coordSys;
      const left = Math.max(plot.x, api.coord([api.value(0), 1])[0]);
      const right = Math.min(plot.x + plot.width, api.coord([api.value(1), 1])[0]);
      return right - left < 1 ? null : { type: 'group', children: draw(list[params.dataIndex], left, right - left, plot, params.dataIndex) };
    },
  }];
  // How many latencies lay where: a field for each second (or more) and eighth of a decade.
  const heat = chart => {
    if (!chart.heat) return [];
    const { columnSeconds, cells } = chart.heat;
    const data = [];
    let most = 1;
    for (let i = 0; i < cells.length; i += 3) {
      data.push([cells[i], 10 ** (cells[i + 1] / 8 - 3), 10 ** ((cells[i + 1] + 1) / 8 - 3), cells[i + 2]]);
      most = Math.max(most, cells[i + 2]);
    }
    const fill = color('heat');
    return [{
      type: 'custom', silent: true, z: 2, animation: false, clip: true, tooltip: { show: false }, encode: { x: 0, y: [1, 2] }, data,
      renderItem: (params, api) => {
        const [left, top] = api.coord([api.value(0), api.value(2)]);
        const [right, bottom] = api.coord([api.value(0) + columnSeconds, api.value(1)]);
        const opacity = .12 + .6 * Math.log(api.value(3) + 1) / Math.log(most + 1);
        return { type: 'rect', shape: { x: left, y: top, width: Math.max(1, right - left - .5), height: bottom - top }, style: { fill, opacity } };
      },
    }];
  };

  const bar = (x, y, width, fill, name, ink) => [
    { type: 'rect', shape: { x, y, width: Math.max(1, width - 1), height: lane - 2, r: 2 }, style: { fill } },
    ...(width < 30 ? [] : [{
      type: 'text', x: x + 5, y: y + (lane - 2) / 2 + .5,
      style: { text: name, width: width - 10, overflow: 'truncate', ellipsis: '…', fill: ink, font: '11px system-ui, sans-serif', verticalAlign: 'middle' },
    }]),
  ];
  const drawPhase = (phase, x, width, plot, i) => [
    ...bar(x, plot.y - strip, width, color('phase-area'), phase.name, color('soft')),
    ...(i === 0 ? [] : [{ type: 'line', shape: { x1: x, x2: x, y1: plot.y, y2: plot.y + plot.height }, style: { stroke: color('line'), lineWidth: 1 } }]),
  ];
  const drawFault = (fault, x, width, plot, i) => [
    { type: 'rect', shape: { x, y: plot.y, width, height: plot.height }, style: { fill: color('fault-area') } },
    ...bar(x, plot.y - strip + (1 + faultLanes[i]) * lane, width, color('fault-bar'), fault.name, color('fault')),
  ];

  // ---- One chart -----------------------------------------------------------------------------------------------------------
  const fine = matchMedia('(pointer: fine)').matches;
  const charts = [];

  // A line has no length where both neighbours are missing: such a value is drawn as a dot.
  const points = (at, values) => values.map((value, i) => {
    const alone = value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
    return alone ? { value: [at[i], value], symbol: 'circle', symbolSize: 4 } : [at[i], value];
  });

  // Added up here, because ECharts stacks along x where both axes are numbers. The top one comes first: the others cover it.
  const shown = (chart, hidden) => {
    const lines = chart.lines.filter(l => !hidden.has(l.name));
    if (!chart.stacked) return lines.map(line => ({ line, values: line.values }));
    const sum = chart.at.map(() => 0);
    return lines.map(line => ({ line, values: line.values.map((v, i) => sum[i] += v ?? 0) })).reverse();
  };

  // Ticks at round numbers of KiB or MiB: round numbers of bytes are none.
  const niceBytes = least => {
    const unit = 1024 ** Math.max(0, Math.floor(Math.log(least) / Math.log(1024)));
    return unit * [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find(step => step * unit >= least);
  };

  const extent = chart => {
    const values = chart.lines.flatMap(l => l.values).filter(v => v !== null);
    let [least, most] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
    if (chart.heat) chart.heat.cells.forEach((row, i) => {
      if (i % 3 === 1) { least = Math.min(least, 10 ** (row / 8 - 3)); most = Math.max(most, 10 ** ((row + 1) / 8 - 3)); }
    });
    if (chart.log) return { min: 10 ** Math.floor(Math.log10(least * 1.001)), max: 10 ** Math.ceil(Math.log10(most / 1.001)) };
    if (chart.unit === 'bytes') {
      const interval = niceBytes(Math.max(most, 1) / 4);
      return { min: 0, max: Math.ceil(most / interval) * interval, interval };
    }
    return chart.unit === 'ratio' && most <= 1 && most > .5 ? { min: 0, max: 1, interval: .25 } : { min: Math.min(0, least) };
  };

  const lineSeries = (chart, line, values) => ({
    type: 'line', name: line.name, data: points(chart.at, values), symbol: 'none', showSymbol: true, showAllSymbol: true, z: 3, animation: false,
    sampling: chart.at.length > 2000 && !chart.stacked ? 'minmax' : undefined,
    areaStyle: chart.stacked ? { color: color(`c${line.color}`), opacity: 1 } : undefined,
    lineStyle: { color: color(`c${line.color}`), width: chart.stacked ? 1 : 1.75, type: dash[line.style] },
    itemStyle: { color: color(`c${line.color}`) }, emphasis: { disabled: true },
  });

  const axis = () => ({
    axisLine: { lineStyle: { color: color('line') } }, axisTick: { show: false }, splitLine: { lineStyle: { color: color('line'), opacity: .7 } },
    axisLabel: { color: color('soft'), fontSize: 11, fontFamily: 'system-ui, sans-serif', hideOverlap: true },
  });

  const timeAxis = base => ({
    ...base, type: 'value', min: run.from, max: run.to, minInterval: 1, splitNumber: 8, splitLine: { show: false },
    axisLabel: { ...base.axisLabel, formatter: v => `${short(v)} s`, showMinLabel: false, showMaxLabel: false },
  });
  const percent = place => `${+(100 - 100 / place).toFixed(Math.max(1, Math.round(Math.log10(place)) - 1))} %`;
  const quantileAxis = (base, chart) => ({
    ...base, type: 'log', min: 1, max: 10 ** Math.ceil(Math.log10(chart.at.at(-1))), splitLine: { show: false },
    axisLabel: { ...base.axisLabel, formatter: percent },
  });

  const options = (chart, hidden) => {
    const timed = chart.axis === 'time';
    const value = axis();
    return {
      animation: false, backgroundColor: 'transparent',
      grid: { left: 58, right: timed ? 10 : 24, top: timed ? strip + 2 : 10, bottom: 24 },
      tooltip: { trigger: 'axis', showContent: false, axisPointer: { type: 'line', snap: false, label: { show: false }, lineStyle: { color: color('soft'), type: 'solid', width: 1 } } },
      // Its buttons are hidden: it is here for zooming by dragging.
      toolbox: timed ? { show: true, itemSize: 0, feature: { dataZoom: { yAxisIndex: 'none', brushStyle: { color: color('accent'), opacity: .15 } } } } : undefined,
      dataZoom: timed ? [{ type: 'inside', filterMode: 'none', disabled: true, startValue: run.from, endValue: run.to }] : undefined,
      xAxis: timed ? timeAxis(axis()) : quantileAxis(axis(), chart),
      yAxis: { ...value, type: chart.log ? 'log' : 'value', ...extent(chart), splitNumber: 4, minInterval: chart.unit === 'count' ? 1 : undefined, axisLine: { show: false }, axisLabel: { ...value.axisLabel, formatter: units[chart.unit] } },
      series: [
        ...(timed ? [...windows(run.phases, drawPhase), ...windows(run.faults, drawFault)] : []), ...heat(chart),
        ...shown(chart, hidden).map(({ line, values }) => lineSeries(chart, line, values)),
      ],
    };
  };

  // ---- The legend is HTML: it reads the lines out at the cursor, and turns them on and off -------------------------------
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const legend = (figure, chart, hidden, change) => {
    const box = figure.querySelector('.legend');
    const entries = chart.lines.map(line => {
      const button = element('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      const reading = element('output');
      button.append(element('i', `swatch c${line.color} ${chart.stacked ? 'area' : line.style}`), element('span', '', line.name), reading);
      button.addEventListener('click', () => {
        if (!hidden.delete(line.name)) hidden.add(line.name);
        button.setAttribute('aria-pressed', String(!hidden.has(line.name)));
        change();
      });
      return { button, reading, line };
    });
    const when = element('span', 'when');
    box.replaceChildren(...entries.map(e => e.button), when);
    return at => {
      const i = at === null ? -1 : nearest(chart.at, at);
      when.textContent = i < 0 ? '' : chart.axis === 'time' ? `${chart.at[i].toFixed(1)} s` : percent(chart.at[i]);
      for (const { reading, line } of entries) {
        const value = i < 0 ? null : line.values[i];
        reading.textContent = i < 0 ? '' : value === null ? '–' : units[chart.unit](value);
      }
    };
  };

  const nearest = (rising, at) => {
    let low = 0, high = rising.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (rising[middle] <= at) low = middle; else high = middle;
    }
    return at - rising[low] <= rising[high] - at ? low : high;
  };

  const draw = chart => {
    const figure = document.getElementById(`chart-${chart.id}`);
    const plot = figure.querySelector('.plot');
    const drawn = echarts.init(plot, null, { renderer: 'canvas', devicePixelRatio: Math.max(2, devicePixelRatio) });
    const hidden = new Set();
    const update = () => drawn.setOption({ ...options(chart, hidden), dataZoom: undefined }, { replaceMerge: ['series'] });
    drawn.setOption(options(chart, hidden));
    if (chart.axis === 'time') drawn.group = 'run';
    const read = legend(figure, chart, hidden, update);
    drawn.on('updateAxisPointer', e => read(e.axesInfo?.length ? e.axesInfo[0].value : null));
    charts.push({ drawn, update, timed: chart.axis === 'time' });
    if (chart.axis !== 'time') return;

    drawn.on('datazoom', () => showZoom(drawn));
    if (fine) drawn.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true });
    drawn.getZr().on('dblclick', () => zoom(run.from, run.to));
  };

  // ---- Zoom, of all charts at once ----------------------------------------------------------------------------------------
  const buttons = [...document.querySelectorAll('.zoom button')];
  const zoom = (startValue, endValue) => charts.find(c => c.timed)?.drawn.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue, endValue });
  const span = button => button.dataset.phase === 'all' ? run : run.phases[Number(button.dataset.phase)];
  for (const button of buttons) button.addEventListener('click', () => zoom(span(button).from, span(button).to));
  const showZoom = drawn => {
    const { startValue, endValue } = drawn.getOption().dataZoom[0];
    for (const button of buttons) {
      const { from, to } = span(button);
      button.setAttribute('aria-pressed', String(Math.abs(from - startValue) < .01 && Math.abs(to - endValue) < .01));
    }
  };

  // The pointer for those who have none: a slider over the part that is shown.
  const cursor = document.getElementById('cursor');
  cursor?.addEventListener('input', () => {
    const drawn = charts.find(c => c.timed)?.drawn;
    if (!drawn) return;
    const { startValue, endValue } = drawn.getOption().dataZoom[0];
    const at = startValue + (endValue - startValue) * cursor.value / 1000;
    drawn.dispatchAction({ type: 'showTip', x: drawn.convertToPixel({ xAxisIndex: 0 }, at), y: strip + 20 });
    cursor.setAttribute('aria-valuetext', `${at.toFixed(1)} s`);
  });

  // ---- Scheme, size and paper ---------------------------------------------------------------------------------------------
  const redraw = () => charts.forEach(({ update }) => update());
  const sheet = { width: 688, height: 192 };   // px: A4 between the margins of page.css
  const screen = { width: 'auto', height: 'auto' };
  const paper = on => {
    root.classList.toggle('printing', on);
    charts.forEach(({ drawn }) => drawn.resize(on ? sheet : screen));
    redraw();
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  matchMedia('print').addEventListener('change', e => paper(e.matches));
  addEventListener('beforeprint', () => { document.querySelectorAll('details').forEach(d => { d.open = true; }); paper(true); });
  addEventListener('afterprint', () => paper(false));
  const sizes = new ResizeObserver(() => {
    if (!root.classList.contains('printing')) charts.forEach(({ drawn }) => drawn.resize(screen));
  });
  sizes.observe(document.querySelector('main'));

  // ---- Copying ------------------------------------------------------------------------------------------------------------
  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const code = button.parentElement.querySelector('code');
      getSelection().selectAllChildren(code);
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Selected';   // no clipboard for this page: the text is selected, one key press away
      }
    });
  }

  // One a frame, so that the words can be read before the last chart is drawn.
  const waiting = [...run.charts];
  const next = () => {
    if (waiting.length > 0) {
      draw(waiting.shift());
      requestAnimationFrame(next);
    } else {
      echarts.connect('run');
      performance.mark('charts-drawn');
      root.dataset.charts = String(charts.length);
    }
  };
  requestAnimationFrame(next);
})();
