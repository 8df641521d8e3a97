// Choosing the square part of a picture: by mouse, touch, keyboard or numbers. What is sent is that part alone, small.

import { make, say } from './nameplate.js';

/** The longest side of the copy that is worked on, and of what is sent: the server keeps 512. */
const WORK = 2048;
const SENT = 1024;
const LEAST = 64;

/** Opens the step in `place`; answers how the part is cut. `leave` is called when the person goes back. */
export async function crop(place, file, leave) {
  const picture = await decode(file);
  const { width, height } = picture;
  const longest = Math.min(width, height);
  const least = Math.min(LEAST, longest);
  let part = { size: longest, x: Math.round((width - longest) / 2), y: Math.round((height - longest) / 2) };

  const texts = place.dataset;
  const stage = make('canvas', { class: 'crop-stage', tabindex: '0', role: 'application', 'aria-label': texts.part, 'aria-describedby': 'crop-help' });
  const face = make('canvas', { class: 'crop-face', width: '192', height: '192', role: 'img', 'aria-label': texts.result });
  const scale = Math.min(1, 640 / Math.max(width, height));
  stage.width = Math.round(width * scale);
  stage.height = Math.round(height * scale);

  const number = (name, label) => {
    const field = make('input', { id: `crop-${name}`, type: 'number', inputmode: 'numeric', class: 'w-6', autocomplete: 'off' });
    field.addEventListener('input', () => { if (field.value !== '') move({ [name]: Number(field.value) }, field); });
    field.addEventListener('change', () => draw());
    return [field, make('div', { class: 'field' }, make('label', { for: field.id }, label), field)];
  };
  const [x, xRow] = number('x', texts.x);
  const [y, yRow] = number('y', texts.y);
  const [size, sizeRow] = number('size', texts.size);
  const button = (label, act) => {
    const element = make('button', { type: 'button', class: 'button small' }, label);
    element.addEventListener('click', act);
    return element;
  };
  const panel = make('div', { class: 'crop', role: 'group', 'aria-label': texts.part },
    make('p', { class: 'hint', id: 'crop-help' }, texts.help), stage,
    make('div', { class: 'row' }, face, make('div', { class: 'row' }, button(texts.closer, () => zoom(-1)), button(texts.wider, () => zoom(1)))),
    make('div', { class: 'row' }, xRow, yRow, sizeRow),
    make('div', { class: 'row' }, button(texts.cancel, () => close())));
  place.querySelector('.crop')?.remove();
  place.querySelector('.drop').after(panel);

  function move(change, typing) {
    const wanted = { ...part, ...change };
    const within = (value, low, high) => Math.round(Math.min(Math.max(Number.isFinite(value) ? value : low, low), high));
    const side = within(wanted.size, least, longest);
    part = { size: side, x: within(wanted.x, 0, width - side), y: within(wanted.y, 0, height - side) };
    draw(typing);
  }

  /** Closer or wider around the middle of the part. */
  function zoom(direction, by = Math.max(8, Math.round(part.size / 12))) {
    const side = Math.min(Math.max(part.size + direction * by, least), longest);
    const shift = (part.size - side) / 2;
    move({ size: side, x: part.x + shift, y: part.y + shift });
    tell();
  }

  function tell() {
    say(texts.position.replace('{x}', part.x).replace('{y}', part.y).replace('{size}', part.size));
  }

  function draw(typing) {
    const on = stage.getContext('2d');
    on.drawImage(picture, 0, 0, stage.width, stage.height);
    on.fillStyle = 'rgb(0 0 0 / 0.55)';
    on.fillRect(0, 0, stage.width, stage.height);
    const [left, top, side] = [part.x, part.y, part.size].map((value) => value * scale);
    on.drawImage(picture, part.x, part.y, part.size, part.size, left, top, side, side);
    on.strokeStyle = '#fff';
    on.lineWidth = 3;
    on.strokeRect(left + 1.5, top + 1.5, side - 3, side - 3);
    face.getContext('2d').drawImage(picture, part.x, part.y, part.size, part.size, 0, 0, 192, 192);
    for (const [field, value, high] of [[x, part.x, width - part.size], [y, part.y, height - part.size], [size, part.size, longest]]) {
      field.min = field === size ? least : 0;
      field.max = high;
      if (field !== typing) field.value = value;
    }
  }

  stage.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.shiftKey ? 1 : 8;
    const to = {
      ArrowLeft: { x: part.x - step }, ArrowRight: { x: part.x + step }, ArrowUp: { y: part.y - step }, ArrowDown: { y: part.y + step },
    }[event.key];
    if (to) { move(to); tell(); } else if (event.key === '+' || event.key === '=') zoom(-1);
    else if (event.key === '-') zoom(1);
    else if (event.key === 'Enter') place.form.requestSubmit(place.form.querySelector('.main'));
    else return;
    event.preventDefault();
  });
  panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });

  // One finger or the mouse moves the part, two fingers make it larger or smaller.
  const fingers = new Map();
  const apart = () => { const [one, two] = [...fingers.values()]; return Math.hypot(one.x - two.x, one.y - two.y); };
  stage.addEventListener('pointerdown', (event) => {
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  stage.addEventListener('pointermove', (event) => {
    const from = fingers.get(event.pointerId);
    if (!from) return;
    const shown = stage.getBoundingClientRect().width / width;
    const before = fingers.size === 2 ? apart() : 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (before) {
      const by = (before - apart()) / shown;
      move({ size: part.size + by, x: part.x - by / 2, y: part.y - by / 2 });
    } else if (fingers.size === 1) {
      move({ x: part.x + (event.clientX - from.x) / shown, y: part.y + (event.clientY - from.y) / shown });
    }
  });
  for (const end of ['pointerup', 'pointercancel']) {
    stage.addEventListener(end, (event) => { if (fingers.delete(event.pointerId)) tell(); });
  }
  stage.addEventListener('wheel', (event) => {
    if (document.activeElement !== stage) return;
    event.preventDefault();
    zoom(Math.sign(event.deltaY));
  }, { passive: false });

  function close() {
    panel.remove();
    leave();
  }

  draw();
  stage.focus();
  tell();

  return () => new Promise((done) => {
    const side = Math.min(part.size, SENT);
    const cut = make('canvas', { width: String(side), height: String(side) });
    cut.getContext('2d').drawImage(picture, part.x, part.y, part.size, part.size, 0, 0, side, side);
    // PNG keeps what is transparent for the server, which knows what to put behind it.
    cut.toBlob(done, file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png', 0.92);
  });
}

/** The picture upright and not larger than it needs to be. */
async function decode(file) {
  const whole = await createImageBitmap(file);
  const longest = Math.max(whole.width, whole.height);
  if (longest <= WORK) return whole;
  const [width, height] = [whole.width, whole.height].map((side) => Math.max(1, Math.round(side * WORK / longest)));
  const small = await createImageBitmap(whole, { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' });
  whole.close();
  return small;
}
