// The week as an editor: half-hours painted by mouse, touch or keyboard. The form's rows are what is saved; without this script
// they are filled in by hand. Everything that is said comes from the page.

export const perDay = 48;
const slots = 7 * perDay;

/** Half-hours of the week with the bits of the ways to meet, from rows of a form. */
export function cellsFrom(rows, ways) {
  const cells = new Uint8Array(slots);
  const all = ways.reduce((mask, { bit }) => mask | bit, 0);
  const slotOf = (time) => Number(time.slice(0, 2)) * 2 + (time.slice(3) === '30' ? 1 : 0);
  for (const { days, from, to, ways: own } of rows) {
    if (!/^\d\d:[03]0$/u.test(from) || !/^\d\d:[03]0$/u.test(to)) continue;
    const end = slotOf(to) || perDay;
    const mask = ways.reduce((some, { way, bit }) => (own.includes(way) ? some | bit : some), 0) || all;
    for (const day of days) {
      for (let at = slotOf(from); at < end; at++) cells[(day - 1) * perDay + at] |= mask;
    }
  }
  return cells;
}

const two = (number) => String(number).padStart(2, '0');
const clock = (slot) => `${two(Math.floor(slot / 2) % 24)}:${slot % 2 ? '30' : '00'}`;

/** The fewest rows that say the same: a row for all days that have the same window. */
export function rowsFrom(cells, ways) {
  const rows = new Map();
  for (let slot = 0; slot < slots; ) {
    const mask = cells[slot];
    const day = Math.floor(slot / perDay);
    let end = slot + 1;
    while (end < (day + 1) * perDay && cells[end] === mask) end++;
    if (mask !== 0) {
      const [from, to] = [slot - day * perDay, end - day * perDay];
      const name = `${from} ${to} ${mask}`;
      const row = rows.get(name) ?? { days: [], from: clock(from), to: clock(to), ways: [] };
      row.days.push(day + 1);
      row.ways = ways.filter(({ bit }) => mask & bit).map(({ way }) => way);
      rows.set(name, row);
    }
    slot = end;
  }
  return [...rows.values()];
}

/** Every half-hour of a rectangle of days and times, whichever corner it was begun at. */
export function rectangle(one, other) {
  const [days, times] = [
    [Math.floor(one / perDay), Math.floor(other / perDay)].sort((a, b) => a - b),
    [one % perDay, other % perDay].sort((a, b) => a - b),
  ];
  const found = [];
  for (let day = days[0]; day <= days[1]; day++) {
    for (let time = times[0]; time <= times[1]; time++) found.push(day * perDay + time);
  }
  return found;
}

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children);
  return made;
};

const fill = (sentence, values) => sentence.replace(/\{\{(\w+)\}\}/gu, (_, name) => values[name] ?? '');

class WeekEditor {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.week);
    this.rows = root.querySelector('[data-week-rows]');
    this.form = root.closest('form');
    this.cells = cellsFrom(this.readRows(), this.words.ways);
    this.past = [];
    this.future = [];
    this.brush = this.all();
    this.wide = this.isWide();
    this.focused = this.firstSlot();
    this.build();
  }

  all() {
    return this.words.ways.reduce((mask, { bit }) => mask | bit, 0);
  }

  /** Something is free at the weekend, or before 8 or after 20 o'clock. */
  isWide() {
    return this.cells.some((mask, slot) => mask && (slot >= 5 * perDay || slot % perDay < 16 || slot % perDay >= 40));
  }

  days() {
    return this.wide ? 7 : 5;
  }

  firstTime() {
    return this.wide ? 0 : 16;
  }

  endTime() {
    return this.wide ? perDay : 40;
  }

  /** Where the keyboard begins: at what is free, or at 8 on Monday. */
  firstSlot() {
    const free = this.cells.findIndex((mask) => mask !== 0);
    return free < 0 ? 16 : free;
  }

  readRows() {
    const fields = [...this.rows.querySelectorAll('fieldset')];
    return fields.map((field) => {
      const chosen = (name) => [...field.querySelectorAll(`input[name^="${name}"]:checked`)].map(({ value }) => value);
      const typed = (name) => field.querySelector(`input[name^="${name}"]`)?.value ?? '';
      return { days: chosen('days').map(Number), from: typed('from'), to: typed('to'), ways: chosen('ways') };
    });
  }

  build() {
    const { sentences } = this.words;
    this.table = element('table', { role: 'grid', class: 'week-grid', 'aria-label': sentences.grid, 'aria-multiselectable': 'true' });
    this.said = element('p', { class: 'visually-hidden', 'aria-live': 'polite', 'data-said': true });
    this.written = element('div', { hidden: true });
    const errors = [...this.rows.querySelectorAll('.wrong')];
    this.rows.before(
      ...errors,
      element('p', { class: 'hint' }, sentences.help),
      this.tools(),
      this.table,
      this.foldButton(),
      this.said,
      this.written,
    );
    this.rows.remove();
    this.leadHere();
    this.draw();
    this.write();
    this.listen();
  }

  /** What the list of errors says of a row leads to the editor. */
  leadHere() {
    this.table.id = 'week-grid';
    this.table.tabIndex = -1;
    for (const link of document.querySelectorAll('[role="alert"] a')) {
      if (/^#f-(?:days|from|to|ways)\d+$/u.test(link.hash)) link.hash = '#week-grid';
    }
  }

  button(label, act, name = 'btn btn-outline-primary btn-sm') {
    const made = element('button', { type: 'button', class: name }, label);
    made.addEventListener('click', act);
    return made;
  }

  tools() {
    const { sentences, presets } = this.words;
    this.undoButton = this.button(sentences.undo, () => this.undo());
    this.redoButton = this.button(sentences.redo, () => this.redo());
    const band = ({ label, from, to }) => this.button(label, () => this.paint(this.workdays(from, to), this.brush));
    const bar = element(
      'div',
      { class: 'week-tools', role: 'toolbar', 'aria-label': sentences.presets },
      // On which days they paint is to be seen, too.
      element('span', { class: 'hint', 'aria-hidden': 'true' }, sentences.presets),
      ...presets.map(band),
      this.undoButton,
      this.redoButton,
      this.button(sentences.clear, () => this.paint(this.everything(), 0)),
    );
    this.rove(bar);
    const parts = [bar, this.copyTools()];
    if (this.words.ways.length > 1) parts.push(this.brushTools());
    const tools = element('div', {}, ...parts);
    // They change nothing that is saved.
    tools.addEventListener('change', (event) => event.stopPropagation());
    return tools;
  }

  /** One stop for the keyboard; arrows go from button to button. */
  rove(bar) {
    const buttons = [...bar.querySelectorAll('button')];
    const go = (next) => {
      for (const one of buttons) one.tabIndex = one === next ? 0 : -1;
    };
    go(buttons[0]);
    bar.addEventListener('focusin', ({ target }) => go(target));
    bar.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = buttons.indexOf(document.activeElement) + step;
      buttons[(at + buttons.length) % buttons.length].focus();
    });
  }

  workdays(from, to) {
    return [0, 1, 2, 3, 4].flatMap((day) => Array.from({ length: to - from }, (_, at) => day * perDay + from + at));
  }

  everything() {
    return Array.from({ length: slots }, (_, slot) => slot);
  }

  copyTools() {
    const { sentences, days } = this.words;
    const options = () => days.map((day, at) => element('option', { value: String(at) }, day));
    const [from, to] = [element('select', { class: 'form-select' }), element('select', { class: 'form-select' })];
    from.append(...options());
    to.append(element('option', { value: 'workdays' }, sentences.workdays), ...options());
    from.setAttribute('aria-label', sentences.copy);
    to.setAttribute('aria-label', sentences.to);
    const copy = () => {
      const day = Number(from.value);
      const targets = to.value === 'workdays' ? [0, 1, 2, 3, 4] : [Number(to.value)];
      const own = this.cells.slice(day * perDay, (day + 1) * perDay);
      this.change(() => {
        for (const target of targets) this.cells.set(own, target * perDay);
      });
      const name = to.selectedOptions[0].textContent;
      this.say(fill(sentences.copied, { from: days[day], to: name }));
    };
    const words = element('span', { 'aria-hidden': 'true' }, sentences.to);
    const press = this.button(sentences.copy, copy);
    return element('details', { class: 'week-copy' }, element('summary', {}, `${sentences.copy}…`), from, words, to, press);
  }

  brushTools() {
    const { ways, sentences } = this.words;
    const boxes = ways.map(({ label, way }) => {
      const id = `brush-${way}`;
      const box = element('input', { type: 'checkbox', class: 'form-check-input', id, checked: true });
      box.addEventListener('change', () => {
        const chosen = ways.reduce((mask, one) => (document.getElementById(`brush-${one.way}`).checked ? mask | one.bit : mask), 0);
        this.brush = chosen || this.all();
      });
      return element('div', { class: 'form-check' }, box, element('label', { class: 'form-check-label', for: id }, label));
    });
    return element('fieldset', { class: 'week-brush inline' }, element('legend', {}, sentences.brush), ...boxes);
  }

  foldButton() {
    const { sentences } = this.words;
    const label = () => (this.wide ? sentences.less : sentences.more);
    this.fold = this.button(label(), () => {
      this.wide = !this.wide;
      this.fold.textContent = label();
      this.fold.setAttribute('aria-expanded', String(this.wide));
      if (!this.isShown(this.focused)) this.focused = 16;
      this.draw();
    }, 'btn btn-link');
    this.fold.setAttribute('aria-expanded', String(this.wide));
    return this.fold;
  }

  isShown(slot) {
    const time = slot % perDay;
    return slot < this.days() * perDay && time >= this.firstTime() && time < this.endTime();
  }

  draw() {
    const { short, days, hours } = this.words;
    const shown = Array.from({ length: this.days() }, (_, day) => day);
    const head = element('tr', { role: 'row' }, element('td', {}));
    for (const day of shown) {
      head.append(element('th', { role: 'columnheader', scope: 'col' }, element('abbr', { title: days[day] }, short[day])));
    }
    const body = element('tbody', {});
    this.boxes = new Map();
    for (let time = this.firstTime(); time < this.endTime(); time++) {
      const row = element('tr', { role: 'row', class: time % 2 ? 'half' : 'hour' });
      // Each half-hour tells its whole range by itself.
      row.append(time % 2 ? element('td', {}) : element('th', { role: 'rowheader', scope: 'row' }, hours[time]));
      for (const day of shown) {
        const slot = day * perDay + time;
        const box = element('td', { role: 'gridcell', 'data-slot': String(slot) });
        this.boxes.set(slot, box);
        row.append(box);
      }
      body.append(row);
    }
    this.table.replaceChildren(element('thead', {}, head), body);
    this.show();
  }

  /** What is marked, and where the keyboard is. chosen: half-hours that are about to be painted. */
  show(chosen = [], mask = 0) {
    const { ways, hours, days, sentences } = this.words;
    const about = new Set(chosen);
    for (const [slot, box] of this.boxes) {
      const own = about.has(slot) ? mask : this.cells[slot];
      const time = slot % perDay;
      const range = fill(sentences.range, { day: days[Math.floor(slot / perDay)], from: hours[time], to: hours[time + 1] });
      const some = ways.filter(({ bit }) => own & bit);
      const only = own && some.length < ways.length ? some.map(({ letter }) => letter).join('') : '';
      const told = only && ` (${some.map(({ label }) => label).join(', ')})`;
      box.textContent = only;
      box.setAttribute('aria-selected', String(own !== 0));
      box.setAttribute('aria-label', fill(own ? sentences.free : sentences.taken, { range }) + told);
      box.tabIndex = slot === this.focused ? 0 : -1;
      box.classList.toggle('is-chosen', about.has(slot));
    }
    // Not disabled: the keyboard has to get past them.
    this.undoButton.setAttribute('aria-disabled', String(this.past.length === 0));
    this.redoButton.setAttribute('aria-disabled', String(this.future.length === 0));
  }

  say(text) {
    this.said.textContent = text;
  }

  /** "Tuesday 12:00 to 14:00, available", of a rectangle's first day. */
  tell(chosen, isFree) {
    const { days, hours, sentences } = this.words;
    const [first, last] = [chosen[0], chosen.at(-1)];
    const names = [...new Set([first, last].map((slot) => days[Math.floor(slot / perDay)]))];
    const range = fill(sentences.range, {
      day: names.join(' – '),
      from: hours[first % perDay],
      to: hours[(last % perDay) + 1],
    });
    this.say(fill(isFree ? sentences.free : sentences.taken, { range }));
  }

  change(act) {
    const before = this.cells.slice();
    act();
    if (before.every((mask, slot) => mask === this.cells[slot])) return this.show();
    this.past.push(before);
    this.future = [];
    return this.changed();
  }

  changed() {
    this.show();
    this.write();
    this.form.dispatchEvent(new Event('change', { bubbles: true }));
  }

  paint(chosen, mask) {
    this.change(() => {
      for (const slot of chosen) this.cells[slot] = mask;
    });
    this.tell(chosen, mask !== 0);
  }

  undo() {
    if (this.past.length === 0) return;
    this.future.push(this.cells);
    this.cells = this.past.pop();
    this.changed();
  }

  redo() {
    if (this.future.length === 0) return;
    this.past.push(this.cells);
    this.cells = this.future.pop();
    this.changed();
  }

  /** The rows of the form, as somebody without this script would fill them in. */
  write() {
    const fields = rowsFrom(this.cells, this.words.ways).flatMap(({ days, from, to, ways }, row) => [
      ...days.map((day) => [`days${row}`, String(day)]),
      [`from${row}`, from],
      [`to${row}`, to],
      ...ways.map((way) => [`ways${row}`, way]),
    ]);
    this.written.replaceChildren(...fields.map(([name, value]) => element('input', { type: 'hidden', name, value })));
  }

  /** Painting what is painted already takes it away. */
  maskFor(slot) {
    return this.cells[slot] === this.brush ? 0 : this.brush;
  }

  listen() {
    this.listenToMouse();
    this.listenToTouch();
    this.table.addEventListener('keydown', (event) => this.onKey(event));
    this.table.addEventListener('focusin', ({ target }) => {
      if (target.dataset.slot) this.focused = Number(target.dataset.slot);
    });
  }

  slotAt(target) {
    const box = target instanceof Element && target.closest('[data-slot]');
    return box && this.table.contains(box) ? Number(box.dataset.slot) : undefined;
  }

  begin(slot) {
    this.stroke = { from: slot, to: slot, mask: this.maskFor(slot) };
    this.show([slot], this.stroke.mask);
  }

  drag(slot) {
    if (!this.stroke || slot === undefined) return;
    this.stroke.to = slot;
    this.show(rectangle(this.stroke.from, slot), this.stroke.mask);
  }

  end() {
    if (!this.stroke) return;
    const { from, to, mask } = this.stroke;
    this.stroke = undefined;
    this.focused = to;
    this.paint(rectangle(from, to), mask);
  }

  listenToMouse() {
    this.table.addEventListener('pointerdown', (event) => {
      const slot = this.slotAt(event.target);
      if (event.pointerType === 'touch' || event.button !== 0 || slot === undefined) return;
      event.preventDefault();
      this.boxes.get(slot).focus({ preventScroll: true });
      this.begin(slot);
    });
    document.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'touch' || !this.stroke) return;
      this.drag(this.slotAt(document.elementFromPoint(event.clientX, event.clientY)));
    });
    document.addEventListener('pointerup', (event) => {
      if (event.pointerType !== 'touch') this.end();
    });
  }

  /** A tap marks; a long press begins to paint. Anything else is the page's scrolling, which is left alone. */
  listenToTouch() {
    let waiting;
    const stop = () => {
      clearTimeout(waiting);
      waiting = undefined;
    };
    this.table.addEventListener('touchstart', (event) => {
      const slot = this.slotAt(event.target);
      stop();
      if (slot === undefined || event.touches.length > 1) return;
      waiting = setTimeout(() => {
        waiting = undefined;
        this.begin(slot);
      }, 350);
      this.tapped = slot;
    }, { passive: true });
    this.table.addEventListener('touchmove', (event) => {
      if (!this.stroke) {
        stop();
        this.tapped = undefined;
        return;
      }
      event.preventDefault();
      const [{ clientX, clientY }] = event.touches;
      this.drag(this.slotAt(document.elementFromPoint(clientX, clientY)));
    }, { passive: false });
    this.table.addEventListener('touchend', (event) => {
      const isTap = waiting !== undefined && this.tapped !== undefined;
      stop();
      if (this.stroke || isTap) event.preventDefault();
      if (this.stroke) this.end();
      else if (isTap) this.paint([this.tapped], this.maskFor(this.tapped));
    });
    this.table.addEventListener('touchcancel', () => {
      stop();
      this.stroke = undefined;
      this.show();
    });
  }

  onKey(event) {
    const { key, shiftKey, ctrlKey, metaKey } = event;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'z') {
      event.preventDefault();
      return shiftKey ? this.redo() : this.undo();
    }
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'y') {
      event.preventDefault();
      return this.redo();
    }
    if (key === 'Escape' && this.anchor !== undefined) {
      event.preventDefault();
      this.anchor = undefined;
      return this.show();
    }
    if (key === ' ' || key === 'Enter') {
      event.preventDefault();
      const from = this.anchor ?? this.focused;
      this.anchor = undefined;
      return this.paint(rectangle(from, this.focused), this.maskFor(from));
    }
    const next = this.next(key);
    if (next === undefined) return undefined;
    event.preventDefault();
    return this.go(next, shiftKey);
  }

  /** Where a key leads from the present half-hour; undefined for a key that leads nowhere. */
  next(key) {
    const [day, time] = [Math.floor(this.focused / perDay), this.focused % perDay];
    const [first, last] = [this.firstTime(), this.endTime() - 1];
    const within = (at) => Math.min(last, Math.max(first, at));
    const steps = {
      ArrowUp: () => [day, within(time - 1)],
      ArrowDown: () => [day, within(time + 1)],
      ArrowLeft: () => [Math.max(0, day - 1), time],
      ArrowRight: () => [Math.min(this.days() - 1, day + 1), time],
      PageUp: () => [day, within(time - 8)],
      PageDown: () => [day, within(time + 8)],
      Home: () => [0, time],
      End: () => [this.days() - 1, time],
    };
    const found = steps[key]?.();
    return found && found[0] * perDay + found[1];
  }

  go(slot, isRange) {
    if (isRange) this.anchor ??= this.focused;
    else this.anchor = undefined;
    this.focused = slot;
    if (this.anchor === undefined) this.show();
    else {
      const chosen = rectangle(this.anchor, slot);
      this.show(chosen, this.maskFor(this.anchor));
      this.tell(chosen, this.maskFor(this.anchor) !== 0);
    }
    this.boxes.get(slot).focus();
  }
}

/** What the form would mean, told by the service as one goes; nothing is saved by it. */
function tellMeaning(form) {
  const place = form.querySelector('[data-meaning-here]');
  if (!place || !form.dataset.meaning) return;
  let waiting;
  let turn = 0;
  const ask = async () => {
    const own = ++turn;
    const answer = await fetch(form.dataset.meaning, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).catch(() => undefined);
    const text = answer?.ok ? await answer.text() : '';
    if (own !== turn) return;
    // Rather nothing than what is not so any more.
    place.hidden = text === '';
    if (text === '') return;
    place.replaceChildren(...new DOMParser().parseFromString(text, 'text/html').body.childNodes);
  };
  form.addEventListener('change', () => {
    form.querySelector('[data-unsaved]')?.removeAttribute('hidden');
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  });
}

/** The bar with the button stays in sight, also in a tall frame, where only the browser knows which part is seen. */
function keepInSight(bar, form) {
  if (window.parent === window || !('IntersectionObserver' in window)) return;
  const threshold = Array.from({ length: 201 }, (_, at) => at / 200);
  const observer = new IntersectionObserver(([{ intersectionRect, isIntersecting }]) => {
    bar.style.transform = '';
    if (!isIntersecting) return;
    const above = Math.max(0, Math.round(bar.getBoundingClientRect().bottom - intersectionRect.bottom));
    if (above > 0) bar.style.transform = `translateY(${-above}px)`;
  }, { threshold });
  observer.observe(form);
}

if (globalThis.document) {
  for (const form of document.querySelectorAll('form[data-editor]')) {
    for (const root of form.querySelectorAll('[data-week]')) new WeekEditor(root);
    tellMeaning(form);
    const bar = form.querySelector('[data-save-bar]');
    if (bar) keepInSight(bar, form);
  }
}
