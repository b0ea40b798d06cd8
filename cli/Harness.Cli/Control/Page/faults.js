// The form for any kind of fault, made from what the API says the kind takes; and the list of what is wrong.

export class FaultForm {
  #kinds = [];
  #status = { edges: [], parts: [], services: [] };

  constructor(kind, summary, fields) {
    Object.assign(this, { kind, summary, fields });
    kind.addEventListener('change', () => this.#draw());
  }

  /** @param kinds as the API lists them. */
  fill(kinds) {
    if (this.#kinds.length) return;
    this.#kinds = kinds;
    this.kind.replaceChildren(...kinds.map(kind => new Option(kind.name, kind.name)));
    this.kind.value = 'latency';
  }

  /** Learns what there is to break. */
  know(status) {
    this.#status = status;
    if (!this.fields.childElementCount) this.#draw();
  }

  /** Ticks one edge, in a kind of fault that takes edges. */
  choose(edge) {
    if (!this.#kind.fields.properties.edges) {
      this.kind.value = 'latency';
      this.#draw();
    }
    for (const box of this.fields.querySelectorAll('input[name=edges]')) box.checked = box.value === edge;
    this.kind.focus();
  }

  /** What the API takes. */
  read() {
    const body = { fault: this.kind.value };
    for (const input of this.fields.querySelectorAll('[name]')) {
      if (input.type === 'checkbox') {
        if (input.checked) body[input.name] = [...(body[input.name] ?? []), input.value];
      } else if (input.value.trim()) {
        body[input.name] = input.dataset.list ? input.value.split(',').map(one => one.trim()).filter(Boolean) : input.value.trim();
      }
    }
    return body;
  }

  get #kind() { return this.#kinds.find(kind => kind.name === this.kind.value); }

  #draw() {
    const { summary, fields } = this.#kind;
    this.summary.textContent = summary[0].toUpperCase() + summary.slice(1) + '.';
    const order = name => ['edges', 'parts', 'services'].includes(name) ? 0 : name === 'for' ? 2 : 1;
    const names = Object.keys(fields.properties).sort((a, b) => order(a) - order(b));
    this.fields.replaceChildren(...names.map(name => this.#field(name, fields.properties[name], (fields.required ?? []).includes(name))));
  }

  #field(name, schema, needed) {
    const offered = { edges: this.#status.edges.map(edge => edge.edge), parts: this.#status.parts, services: this.#status.services.map(service => service.name) }[name];
    const words = schema.anyOf?.[0]?.enum;
    if (offered) return this.#choices(name, offered);
    const id = 'field-' + name, box = element('div', 'field'), label = element('label', '', name + (needed ? '' : ' (optional)'));
    label.htmlFor = id;
    box.append(label);
    if (words) {
      const select = element('select');
      Object.assign(select, { id, name });
      select.append(...words.map(word => new Option(word, word)));
      box.append(select);
      return box;
    }
    const input = element('input');
    Object.assign(input, { id, name, type: 'text', required: needed, autocomplete: 'off', spellcheck: false });
    if (schema.anyOf) input.dataset.list = 'yes';
    const scale = scaleOf(schema.description ?? '');
    if (name === 'for') input.value = '30s';
    else if (needed && scale) input.value = scale.first;
    if (!scale) {
      box.append(input);
    } else {
      const row = element('div', 'with-slider'), slider = element('input');
      Object.assign(slider, { type: 'range', min: 0, max: scale.steps.length - 1, step: 1, value: Math.max(0, scale.steps.indexOf(input.value)) });
      slider.setAttribute('aria-label', name + ', slider');
      slider.setAttribute('aria-valuetext', input.value);
      slider.addEventListener('input', () => { input.value = scale.steps[slider.value]; slider.setAttribute('aria-valuetext', input.value); });
      row.append(slider, input);
      box.append(row);
    }
    if (schema.description) {
      const hint = element('small', '', schema.description);
      hint.id = id + '-form';
      input.setAttribute('aria-describedby', hint.id);
      box.append(hint);
    }
    return box;
  }

  #choices(name, offered) {
    const box = element('div', 'field'), set = element('fieldset'), grid = element('div', 'choices');
    set.append(element('legend', '', name), grid);
    offered.forEach((one, i) => {
      const label = element('label'), tick = element('input');
      Object.assign(tick, { type: 'checkbox', name, value: one, checked: i === 0 && offered.length === 1 });
      label.append(tick, one);
      grid.append(label);
    });
    if (!offered.length) grid.append(element('small', '', 'there is none in this environment'));
    box.append(set);
    return box;
  }
}

/** What a slider offers for a value of that form. */
function scaleOf(form) {
  if (form.startsWith('a duration')) return { first: '200ms', steps: ['1ms', '2ms', '5ms', '10ms', '20ms', '50ms', '100ms', '200ms', '500ms', '1s', '2s', '5s', '10s', '20s', '30s', '1m', '2m', '5m', '10m', '30m', '1h'] };
  if (form.startsWith('a ratio')) return { first: '20%', steps: ['0.1%', '0.5%', '1%', '2%', '5%', '10%', '20%', '30%', '40%', '50%', '60%', '70%', '80%', '90%', '100%'] };
  if (form.startsWith('a rate of')) return { first: '100kB/s', steps: ['1kB/s', '5kB/s', '10kB/s', '50kB/s', '100kB/s', '500kB/s', '1MB/s', '5MB/s', '10MB/s'] };
  return null;
}

export function showFaults(list, faults, heal) {
  const seen = new Set(faults.map(fault => fault.id));
  for (const item of [...list.children].filter(one => !seen.has(one.dataset.id))) {
    // Whoever healed it by keyboard goes on at the next one, or at what comes after the list.
    if (item.contains(document.activeElement)) (item.nextElementSibling ?? item.previousElementSibling ?? list.nextElementSibling).querySelector('button')?.focus();
    item.remove();
  }
  if (!faults.length) list.append(element('li', 'none', 'Nothing.'));
  for (const fault of faults) {
    let item = [...list.children].find(one => one.dataset.id === fault.id);
    if (!item) {
      item = element('li');
      item.dataset.id = fault.id;
      const button = element('button', 'small', 'Heal');
      button.type = 'button';
      button.setAttribute('aria-label', 'Heal ' + fault.id);
      button.addEventListener('click', () => heal(fault.id));
      const what = element('span');
      what.append(element('b', '', fault.id), ' ', element('span', 'described', fault.described), ' ', element('output'));
      item.append(what, button);
      list.prepend(item);
    }
    item.querySelector('output').textContent = fault.stage === 'in-place' ? `${Math.ceil(fault.secondsLeft)} s left` : fault.stage.replaceAll('-', ' ');
    if (fault.problem && !item.querySelector('.problem')) item.append(element('span', 'problem', fault.problem));
  }
}

function element(name, kind = '', text = '') {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text) made.textContent = text;
  return made;
}
