// What stands beside a field for a new password (S-03, S-06). The server decides; nothing here scolds.

import { make, say } from './nameplate.js';

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
        say(`${this.dataset.suggested} ${passphrase}`);
      } catch {
        tell(this.dataset.failed);
      }
    });
    way.replaceWith(make('p', { class: 'row' }, button, advice));
  }

  /** Counts as the server does. */
  #advice(text) {
    const signs = [...text.normalize('NFC')];
    if (!signs.length) return '';
    if (signs.length < Number(this.dataset.min)) return this.dataset.short;
    return signs.length < STRONG || new Set(signs).size < DIFFERENT ? this.dataset.ok : this.dataset.strong;
  }
}

customElements.define('new-password', NewPassword);
