// Small elements around HTML that works without them. Texts come from the page; nothing here formats a time.

if (document.querySelector('zone-picker, zone-search')) import('./zone.js');
if (document.querySelector('passkey-button')) import('./passkey.js');
if (document.querySelector('live-preview, picture-crop')) import('./account.js');
if (document.querySelector('insert-list')) import('./templates.js');

const policy = window.trustedTypes?.createPolicy('nameplate', { createHTML: (html) => html });

/** Reads HTML of this server; the only place where text becomes elements. */
export function read(html) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
}

/** Says something to screen readers. */
export function say(text) {
  const live = document.getElementById('live');
  if (live) live.textContent = text;
}

/** Makes an element with attributes and children. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = document.createElementNS(svg.namespaceURI, 'path');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** Copies `data-text`. What stands inside is the way without script. */
class CopyButton extends HTMLElement {
  connectedCallback() {
    const { text, label, done, press, what, main } = this.dataset;
    const button = make('button', { type: 'button', class: main === undefined ? 'button small' : 'button main' }, label);
    if (what) button.append(make('span', { class: 'hidden' }, ` ${what}`));
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = done;
        say(done);
      } catch {
        const field = make('input', { value: text, readonly: '', dir: 'ltr', 'aria-label': press });
        this.replaceChildren(field, make('span', { class: 'hint' }, press));
        field.focus();
        field.select();
      }
    });
    this.replaceChildren(button);
  }
}

/** Shows and hides what is typed; hidden again when the form is sent. */
class PassReveal extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector('input');
    if (!field || this.querySelector('button')) return;
    const name = make('span', { class: 'hidden' }, this.dataset.show);
    const button = make('button', { type: 'button', class: 'button square ghost' });
    button.append(icon('M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10M10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6'), name);
    this.show = (visible) => {
      field.type = visible ? 'text' : 'password';
      name.textContent = visible ? this.dataset.hide : this.dataset.show;
      button.classList.toggle('on', visible);
    };
    button.addEventListener('click', () => {
      this.show(field.type === 'password');
      say(field.type === 'text' ? this.dataset.shown : this.dataset.hidden);
    });
    field.form?.addEventListener('submit', () => this.show(false));
    this.append(button);
  }
}

/** Says while the link is typed whether it can be had. */
class SlugCheck extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector('input');
    const answer = this.querySelector('[aria-live]');
    let timer, asked;
    field?.addEventListener('input', () => {
      clearTimeout(timer);
      asked?.abort();
      const slug = field.value.trim();
      if (!slug || slug === this.dataset.own) return answer.replaceChildren();
      timer = setTimeout(async () => {
        asked = new AbortController();
        try {
          const response = await fetch(`${this.dataset.href}?slug=${encodeURIComponent(slug)}`, { signal: asked.signal });
          if (response.ok && !response.redirected) answer.replaceChildren(...read(await response.text()).body.children);
        } catch { /* The server judges when the form is sent. */ }
      }, 400);
    });
  }
}

/** Arrow keys between the days of a month (B-04). The roles stay those of a table of links. */
class MonthKeys extends HTMLElement {
  connectedCallback() {
    this.addEventListener('keydown', (event) => {
      const cell = event.target.closest('td');
      const go = cell && !event.altKey && !event.ctrlKey && !event.metaKey && this.#target(event.key, cell);
      if (!go) return;
      event.preventDefault();
      if (go.closest('td')) go.focus();
      else go.click();
    });
  }

  #target(key, cell) {
    const links = [...this.querySelectorAll('td a')];
    const cells = [...this.querySelectorAll('td')];
    const at = cells.indexOf(cell);
    const rtl = document.documentElement.dir === 'rtl';
    const nearest = (wanted, step) => {
      for (let index = wanted; cells[index]; index += step) {
        const link = cells[index].querySelector('a');
        if (link) return link;
      }
      return null;
    };
    const inRow = links.filter((link) => link.closest('tr') === cell.parentElement);
    switch (key) {
      case 'ArrowRight': return rtl ? nearest(at - 1, -1) : nearest(at + 1, 1);
      case 'ArrowLeft': return rtl ? nearest(at + 1, 1) : nearest(at - 1, -1);
      case 'ArrowDown': return nearest(at + 7, 1);
      case 'ArrowUp': return nearest(at - 7, -1);
      case 'Home': return inRow.at(0);
      case 'End': return inRow.at(-1);
      case 'PageUp': return this.parentElement.querySelector('[rel~="prev"]');
      case 'PageDown': return this.parentElement.querySelector('[rel~="next"]');
      default: return null;
    }
  }
}

/** Asks before a page with unsaved typing is left (G-16). */
class DirtyGuard extends HTMLElement {
  #dirty = false;
  #ask = (event) => { if (this.#dirty) event.preventDefault(); };

  connectedCallback() {
    this.addEventListener('input', () => { this.#dirty = true; });
    // Only what is sent is saved: typing in another form is still lost.
    this.addEventListener('submit', () => { this.#dirty = false; });
    window.addEventListener('beforeunload', this.#ask);
  }

  disconnectedCallback() {
    window.removeEventListener('beforeunload', this.#ask);
  }
}

/** So many characters are strong, unless they are the same few again and again. */
const STRONG = 20;
const DIFFERENT = 8;

/** Suggests a passphrase, and says in words how far what is typed has come. */
class NewPassword extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector('input');
    const way = this.querySelector('.hint');
    if (!field || !way) return;
    const button = make('button', { type: 'button', class: 'button small' }, this.dataset.suggest);
    const advice = make('span', { class: 'advice', 'aria-live': 'polite' });
    const tell = (text) => { if (advice.textContent !== text) advice.textContent = text; };
    field.addEventListener('input', () => tell(this.#advice(field.value)));
    button.addEventListener('click', async () => {
      try {
        const response = await fetch(this.dataset.href, { headers: { accept: 'application/json' } });
        if (!response.ok) throw new Error();
        const { passphrase } = await response.json();
        field.value = passphrase;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.closest('pass-reveal').show(true);
        words.textContent = passphrase;
        say(`${this.dataset.suggested} ${passphrase}`);
      } catch {
        tell(this.dataset.failed);
      }
    });
    // The field is too narrow for it on a phone: the words stand below until something else is typed.
    const words = make('p', { class: 'suggested', 'aria-hidden': 'true' });
    field.addEventListener('input', () => { words.textContent = ''; });
    way.replaceWith(make('p', { class: 'row' }, button, advice), words);
  }

  /** Counts as the server does. */
  #advice(text) {
    const signs = [...text.normalize('NFC')];
    if (!signs.length) return '';
    if (signs.length < Number(this.dataset.min)) return this.dataset.short;
    return signs.length < STRONG || new Set(signs).size < DIFFERENT ? this.dataset.ok : this.dataset.strong;
  }
}

class ErrorSummary extends HTMLElement {
  connectedCallback() {
    this.focus();
  }
}

class PrintButton extends HTMLElement {
  connectedCallback() {
    const button = make('button', { type: 'button', class: 'plain' }, this.dataset.label);
    button.addEventListener('click', () => window.print());
    this.replaceChildren(button);
  }
}

/** Asks how far something is until it is over, then shows the page as it is then. */
class LiveProgress extends HTMLElement {
  #timer;

  connectedCallback() {
    this.#timer = setTimeout(() => this.#ask(), 1000);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  async #ask() {
    try {
      const response = await fetch(this.dataset.href);
      // Signed out, or no admin any more: the page itself says so.
      if (response.redirected || [403, 404].includes(response.status)) return location.reload();
      if (response.ok) {
        const now = read(await response.text()).body.firstElementChild;
        if (now.matches('[data-over]')) {
          say(this.dataset.over);
          return location.reload();
        }
        this.replaceChildren(now);
      }
    } catch { /* The next try may reach the server. */ }
    this.connectedCallback();
  }
}

// A second press of the same button sends nothing (F-09); coming back to the page makes it ready again.
document.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (event.target.dataset.sent) return event.preventDefault();
  if (!button?.dataset.once) return;
  event.target.dataset.sent = 'yes';
  button.dataset.text = button.textContent;
  button.setAttribute('aria-disabled', 'true');
  button.textContent = button.dataset.once;
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  for (const button of document.querySelectorAll('[data-text][aria-disabled]')) {
    button.removeAttribute('aria-disabled');
    button.textContent = button.dataset.text;
  }
});

// The agent's menu closes like a menu.
const menu = document.querySelector('.who');
document.addEventListener('click', (event) => { if (menu?.open && !menu.contains(event.target)) menu.open = false; });
menu?.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

for (const [name, element] of [
  ['copy-button', CopyButton], ['pass-reveal', PassReveal], ['slug-check', SlugCheck], ['month-keys', MonthKeys],
  ['dirty-guard', DirtyGuard], ['error-summary', ErrorSummary], ['print-button', PrintButton],
  ['new-password', NewPassword], ['live-progress', LiveProgress],
]) customElements.define(name, element);
