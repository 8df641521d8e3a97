// Passkeys: the server asks, the browser answers, and the form that stands inside takes the answer back.

import { make } from './nameplate.js';

// The server waits five minutes for an answer: an offer that stands longer is made anew.
const FRESH = 4 * 60_000;

// What the browser calls a failure, and the text for it.
const TEXTS = { NotAllowedError: 'stopped', AbortError: 'stopped', InvalidStateError: 'known' };

class PasskeyButton extends HTMLElement {
  #button; #said; #offered;

  connectedCallback() {
    // In a browser without passkeys, what stands inside stays.
    if (this.#button || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    this.#button = make('button', { type: 'button', id: this.dataset.name, class: this.dataset.look }, this.dataset.label);
    this.#said = make('p', { role: 'status', class: 'hidden' });
    this.#button.addEventListener('click', () => this.#press());
    this.querySelector('p')?.remove();
    this.append(this.#button, this.#said);
    if ('offer' in this.dataset) this.#offer();
  }

  disconnectedCallback() {
    this.#offered?.abort();
  }

  async #press() {
    if (this.#button.getAttribute('aria-disabled')) return;
    this.#button.setAttribute('aria-disabled', 'true');
    this.#offered?.abort();
    this.#say(this.dataset.wait, 'muted');
    try {
      await this.#ask();
    } catch (error) {
      this.#say(this.dataset[TEXTS[error.name]] ?? this.dataset.failed, 'error');
      this.#button.removeAttribute('aria-disabled');
      if ('offer' in this.dataset) this.#offer();
    }
  }

  #say(text, look) {
    this.#said.className = look;
    this.#said.textContent = text;
  }

  /** Lets the browser offer passkeys in the field for the name (S-01); a failure is silent. */
  async #offer() {
    const offered = this.#offered = new AbortController();
    let again;
    try {
      if (!await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
      again = setTimeout(() => { offered.abort(); this.#offer(); }, FRESH);
      await this.#ask({ mediation: 'conditional', signal: offered.signal });
    } catch { /* The password is beside it. */ } finally { clearTimeout(again); }
  }

  async #ask(how = {}) {
    const response = await fetch(this.dataset.ask, { method: 'POST', signal: how.signal });
    // Signed out meanwhile, or too long signed in for this: the page says what to do.
    if (response.redirected || response.status === 403) return location.reload();
    const { challenge, create, get } = await response.json();
    const made = create
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(create) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(get), ...how });
    const form = this.querySelector('form');
    this.#keep(form.elements.return_to);
    form.elements.challenge.value = challenge;
    form.elements.answer.value = JSON.stringify(made);
    form.requestSubmit();
  }

  /** What was typed into a field beside it comes back to it with the page. */
  #keep(back) {
    const kept = document.getElementById(this.dataset.keep);
    if (!kept?.value) return;
    const page = new URL(back.value, location.href);
    page.searchParams.set(kept.id, kept.value);
    back.value = page.pathname + page.search + page.hash;
  }
}

customElements.define('passkey-button', PasskeyButton);
