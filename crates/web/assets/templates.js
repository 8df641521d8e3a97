// Placeholders: from the list or from suggestions behind `{{` into the text at the caret. The list alone is there without script.

import { make, say } from './nameplate.js';

const MOST = 6;
const OPEN = /\{\{\s*([\w.]*)$/;

/** Puts a placeholder at the caret, in place of what was begun there. */
function put(field, path) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const begun = start === end ? OPEN.exec(value.slice(0, start)) : null;
  const close = begun ? /^\s*\}\}/.exec(value.slice(end)) : null;
  field.setRangeText(`{{ ${path} }}`, begun ? start - begun[0].length : start, close ? end + close[0].length : end, 'end');
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

class InsertList extends HTMLElement {
  connectedCallback() {
    const { insert, insertOf, search } = this.dataset;
    this.items = [...this.querySelectorAll('[data-path]')].map((row) => ({
      row, path: row.dataset.path, label: row.querySelector('[data-part=label]').textContent,
    }));
    this.fields = [...document.getElementById(this.dataset.form).querySelectorAll('.source')];
    [this.last] = this.fields;
    for (const { row, path, label } of this.items) {
      const button = make('button', { type: 'button', class: 'button small', 'aria-label': insertOf.replace('%', label) }, insert);
      button.addEventListener('click', () => put(this.last, path));
      row.append(button);
    }
    const filter = make('input', { type: 'search', 'aria-label': search, placeholder: search, autocomplete: 'off' });
    filter.addEventListener('input', () => this.filter(filter.value));
    this.querySelector('[data-part=hint]').replaceWith(filter);
    for (const field of this.fields) {
      // Not the field that Tab merely passed on the way to the list.
      field.addEventListener('click', () => { this.last = field; });
      field.addEventListener('input', () => {
        this.last = field;
        this.suggest(field);
      });
      field.addEventListener('keydown', (event) => {
        if (event.key !== 'Tab' && event.key !== 'Shift') this.last = field;
        this.key(event, field);
      });
      field.addEventListener('blur', () => this.close());
    }
  }

  matching(typed) {
    const words = typed.toLowerCase().split(/\s+/);
    return this.items.filter(({ path, label }) => words.every((word) => `${path} ${label.toLowerCase()}`.includes(word)));
  }

  filter(typed) {
    const found = this.matching(typed);
    for (const item of this.items) item.row.hidden = !found.includes(item);
    say(found.length ? this.dataset.count.replace('%', found.length) : this.dataset.none);
  }

  suggest(field) {
    this.close();
    const begun = field.selectionStart === field.selectionEnd && OPEN.exec(field.value.slice(0, field.selectionStart));
    const found = begun ? this.matching(begun[1]).slice(0, MOST) : [];
    if (!found.length) return;
    this.found = found;
    this.list = make('ul', { id: 'suggestions', class: 'suggestions', role: 'listbox', 'aria-label': this.dataset.search },
      ...found.map(({ path, label }, n) => make('li', { id: `suggestion-${n}`, role: 'option' }, label, ' ', make('code', { dir: 'ltr' }, path))));
    // A press must not take the focus off the field before it counts.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const chosen = event.target.closest('li');
      if (chosen) this.take(field, [...this.list.children].indexOf(chosen));
    });
    field.after(this.list);
    field.setAttribute('aria-controls', 'suggestions');
    this.mark(field, 0);
    say(this.dataset.count.replace('%', found.length));
  }

  mark(field, to) {
    this.at = (to + this.found.length) % this.found.length;
    [...this.list.children].forEach((option, n) => option.setAttribute('aria-selected', String(n === this.at)));
    field.setAttribute('aria-activedescendant', `suggestion-${this.at}`);
  }

  key(event, field) {
    if (!this.list) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark(field, this.at + step);
    else if (event.key === 'Enter') this.take(field, this.at);
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
  }

  take(field, n) {
    const { path } = this.found[n];
    this.close();
    put(field, path);
  }

  close() {
    if (!this.list) return;
    this.list.remove();
    this.list = undefined;
    for (const field of this.fields) {
      field.removeAttribute('aria-controls');
      field.removeAttribute('aria-activedescendant');
    }
  }
}

customElements.define('insert-list', InsertList);
