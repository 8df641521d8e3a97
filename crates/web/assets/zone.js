// Time zones: the customer's own at the first visit, and a search by city in front of the list of zones.

import { make, read, say } from './nameplate.js';

/** Adds a field that finds zones by city; choosing one sets the list below it, which is what is sent. */
class ZoneSearch extends HTMLElement {
  #options = [];
  #active = -1;
  #asked;

  connectedCallback() {
    this.select = this.querySelector('select');
    if (!this.select || this.input) return;
    const id = `${this.select.id}-search`;
    this.list = make('ul', { id: `${id}-list`, role: 'listbox', class: 'found', 'aria-label': this.dataset.label, hidden: '' });
    this.input = make('input', {
      id, type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false',
      'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.list.id,
    });
    const label = make('label', { for: id }, this.dataset.label);
    const field = make('div', { class: 'field finder' }, label, this.input, this.list);
    const place = this.select.closest('.field') ?? this.select.previousElementSibling ?? this.select;
    place.before(field);
    let timer;
    this.input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#ask(this.input.value.trim()), 200);
    });
    this.input.addEventListener('keydown', (event) => this.#key(event));
    this.input.addEventListener('blur', () => this.#close());
    // Nobody has chosen yet: the device knows better than the server. Under a name that the list lacks nothing changes.
    const zone = this.hasAttribute('data-guess') && Intl.DateTimeFormat().resolvedOptions().timeZone;
    if ([...this.select.options].some(({ value }) => value === zone)) this.select.value = zone;
  }

  async #ask(text) {
    this.#asked?.abort();
    if (!text) return this.#close();
    this.#asked = new AbortController();
    try {
      const response = await fetch(`/zones?q=${encodeURIComponent(text)}`, { signal: this.#asked.signal });
      if (response.ok) this.#show(await response.json());
    } catch { /* The list below still works. */ }
  }

  #show(zones) {
    this.#options = zones.map(({ zone, label }, index) => {
      const option = make('li', { id: `${this.list.id}-${index}`, role: 'option', 'aria-selected': 'false' }, label);
      option.addEventListener('pointerdown', (event) => { event.preventDefault(); this.#choose(zone, label); });
      return { zone, label, option };
    });
    this.list.replaceChildren(...this.#options.map(({ option }) => option));
    this.list.hidden = this.#options.length === 0;
    this.input.setAttribute('aria-expanded', String(this.#options.length > 0));
    this.#mark(-1);
    say(this.#options.length ? this.dataset.found : this.dataset.none);
  }

  #mark(index) {
    this.#active = index;
    this.#options.forEach(({ option }, at) => option.setAttribute('aria-selected', String(at === index)));
    const active = this.#options[index]?.option;
    if (active) this.input.setAttribute('aria-activedescendant', active.id);
    else this.input.removeAttribute('aria-activedescendant');
    active?.scrollIntoView({ block: 'nearest' });
  }

  #key(event) {
    const count = this.#options.length;
    if (event.key === 'Escape') return this.#close();
    if (event.key === 'Enter') {
      // The first one found is meant when none is marked; Enter here never sends the form.
      event.preventDefault();
      const found = this.#options[Math.max(this.#active, 0)];
      if (found && !this.list.hidden) this.#choose(found.zone, found.label);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !count) return;
    event.preventDefault();
    this.#mark((this.#active + step + count + (this.#active < 0 && step < 0 ? 1 : 0)) % count);
  }

  #choose(zone, label) {
    const option = [...this.select.options].find(({ value }) => value === zone) ?? this.select.appendChild(new Option(label, zone));
    option.textContent = label;
    this.select.value = zone;
    this.select.dispatchEvent(new Event('input', { bubbles: true }));
    this.input.value = '';
    this.#close();
    this.select.focus();
    say(label);
  }

  #close() {
    this.#options = [];
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}

/** The same, and at the first visit the zone of the browser in place of the agent's (B-09). */
class ZonePicker extends ZoneSearch {
  connectedCallback() {
    super.connectedCallback();
    const picker = this.closest('[data-guess-zone]');
    if (picker) guess(picker, this.select.value);
  }
}

async function guess(picker, shown) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  picker.removeAttribute('data-guess-zone');
  if (!zone) return picker.setAttribute('data-zone-unknown', '');
  document.cookie = `time_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
  if (zone === shown) return;
  const url = new URL(location.href);
  url.searchParams.set('time_zone', zone);
  try {
    const response = await fetch(url, { headers: { accept: 'text/html' } });
    const mine = response.ok && !response.redirected && read(await response.text()).getElementById('picker');
    if (!mine) throw new Error('no such page');
    picker.replaceWith(document.adoptNode(mine));
  } catch {
    picker.setAttribute('data-zone-unknown', '');
  }
}

/** On My Account: says when the device is in another zone. The server compares, because it knows the aliases. */
class DeviceZone extends HTMLElement {
  async connectedCallback() {
    const { own, kept } = this.dataset;
    try {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const key = `kept in ${zone}`;
      if (!zone || localStorage.getItem(key) === own) return;
      const response = await fetch(`/account/device-zone?time_zone=${encodeURIComponent(zone)}`);
      if (response.status !== 200 || response.redirected) return;
      this.replaceChildren(...read(await response.text()).body.children);
      this.querySelector('button').addEventListener('click', () => {
        localStorage.setItem(key, own);
        const text = make('p', { tabindex: '-1' }, kept);
        this.replaceChildren(text);
        text.focus();
      });
    } catch { /* The field below works without. */ }
  }
}

customElements.define('device-zone', DeviceZone);
customElements.define('zone-search', ZoneSearch);
customElements.define('zone-picker', ZonePicker);
