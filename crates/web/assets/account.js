// My Account: the preview while it is typed, and the picture before it is sent.

import { make, read, say } from './nameplate.js';

/** Shows in the card beside the forms what is typed into them. The server prints it, as it prints the page. */
class LivePreview extends HTMLElement {
  #timer;
  #asked;

  connectedCallback() {
    document.addEventListener('input', (event) => {
      if (!event.target.form?.querySelector('.preview-button')) return;
      clearTimeout(this.#timer);
      this.#asked?.abort();
      this.#timer = setTimeout(() => this.#ask(), 250);
    });
  }

  async #ask() {
    this.#asked = new AbortController();
    const typed = new URLSearchParams();
    for (const button of document.querySelectorAll('.preview-button')) {
      for (const [name, value] of new FormData(button.form)) typed.set(name, value);
    }
    try {
      const response = await fetch(this.dataset.href, { method: 'POST', body: typed, signal: this.#asked.signal });
      if (!response.ok || response.redirected) return;
      const fresh = read(await response.text());
      for (const part of fresh.querySelectorAll('[data-part]')) {
        const shown = this.querySelector(`[data-part="${part.dataset.part}"]`);
        if (shown && !shown.isEqualNode(part)) shown.replaceWith(document.adoptNode(part));
      }
      say(this.dataset.said);
    } catch { /* The preview stays as it was; saving works. */ }
  }
}

/** A place to drop or paste a picture, a way to take one, and the step in which its part is chosen. */
class PictureCrop extends HTMLElement {
  #step;

  connectedCallback() {
    this.field = this.querySelector('input[type=file]');
    this.form = this.field.form;
    const drop = this.querySelector('.drop');
    drop.append(make('p', { class: 'hint' }, this.dataset.drop));
    if (matchMedia('(pointer: coarse)').matches) drop.append(this.#camera());
    this.field.addEventListener('change', () => this.#open(this.field.files[0]));
    drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
    drop.addEventListener('dragleave', () => drop.classList.remove('over'));
    drop.addEventListener('drop', (event) => {
      event.preventDefault();
      drop.classList.remove('over');
      this.#open(event.dataTransfer.files[0]);
    });
    document.addEventListener('paste', (event) => {
      const file = event.clipboardData?.files[0];
      if (!file) return;
      event.preventDefault();
      this.#open(file);
    });
    this.form.addEventListener('submit', (event) => {
      if (!this.#step || event.defaultPrevented) return;
      event.preventDefault();
      if (!this.form.dataset.sent) this.#send();
    });
  }

  /** The camera has a field of its own, because `capture` leaves no way to the pictures that are there. */
  #camera() {
    const camera = make('input', { type: 'file', accept: 'image/*', capture: 'user', class: 'hidden', 'aria-label': this.dataset.take });
    camera.addEventListener('change', () => this.#open(camera.files[0]));
    return make('label', { class: 'button' }, this.dataset.take, camera);
  }

  /** What the browser cannot read is sent as it is: the server says what it is and what to do. */
  async #open(file) {
    if (!file) return;
    this.#put(file);
    this.#step = import('./crop.js').then(({ crop }) => crop(this, file, () => this.#close())).catch(() => null);
  }

  #put(file) {
    const files = new DataTransfer();
    files.items.add(file);
    this.field.files = files.files;
  }

  #close() {
    this.#step = null;
    this.field.value = '';
    this.field.focus();
  }

  async #send() {
    const cut = await (await this.#step)?.();
    if (cut) this.#put(new File([cut], 'picture', { type: cut.type }));
    this.form.submit();
  }
}

customElements.define('live-preview', LivePreview);
customElements.define('picture-crop', PictureCrop);
