// SPDX-License-Identifier: BSL-1.0
// The page on which chains are tried: the operations come from /v1/operations, the formats from /openapi.json.
'use strict';
const $ = id => document.getElementById(id);
let operations = new Map();
let steps = []; // {operation, values}
let picture = null; // {body, type}: one image, or a form of several
let running = null, waiting = 0;

function say(text, wrong) {
  $('state').textContent = text;
  $('state').classList.toggle('wrong', !!wrong);
}

// Values that fit, from the first chain with which the catalogue tries the operation.
function firstValues(operation) {
  const sample = operation.results[0].chain, at = sample.indexOf('=');
  const given = at < 0 ? [] : operation.parameters.length === 1 ? [sample.slice(at + 1)] : sample.slice(at + 1).split(':');
  return operation.parameters.map((p, i) => given[i] ?? p.preset ?? '');
}

function textOf(step) {
  let values = step.values.slice();
  while (values.length && values.at(-1) === '') values.pop();
  return step.operation.name + (values.length ? '=' + values.join(':') : '');
}

function element(name, properties, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

// A slider beside a field for numbers, a list for choices, or a field.
function controls(step, k) {
  const p = step.operation.parameters[k];
  const set = value => { step.values[k] = value; changed(); };
  if (p.type === 'choice') {
    const list = element('select', {onchange: e => set(e.target.value)}, ...p.choices.map(c => element('option', {value: c}, c)));
    list.value = step.values[k] || p.choices[0];
    return [list];
  }
  const whole = p.type === 'integer';
  if (!whole && p.type !== 'number') return [element('input', {value: step.values[k], oninput: e => set(e.target.value)})];
  const now = Number(step.values[k]) || 0;
  const least = Math.max(p.least, p.least < 0 ? -Math.max(4 * Math.abs(now), 4) : p.least);
  const most = Math.min(p.most, Math.max(4 * Math.abs(now), whole ? 16 : 4));
  const field = element('input', {type: 'number', value: step.values[k], min: p.least, max: p.most, step: whole ? 1 : 'any'});
  const slider = element('input', {type: 'range', min: least, max: most, step: whole ? 1 : (most - least) / 400});
  slider.value = now;
  slider.oninput = () => { field.value = whole ? slider.value : Number(Number(slider.value).toPrecision(4)); set(field.value); };
  field.oninput = () => { slider.value = field.value; set(field.value); };
  return [slider, field];
}

function draw() {
  $('chain').replaceChildren(...steps.map((step, i) => {
    const move = (to, sign, title) => element('button', {type: 'button', title, disabled: to < 0 || to >= steps.length, onclick: () => {
      [steps[i], steps[to]] = [steps[to], steps[i]];
      draw();
      changed();
    }}, sign);
    const remove = element('button', {type: 'button', title: 'remove', onclick: () => { steps.splice(i, 1); draw(); changed(); }}, '×');
    return element('li', {title: step.operation.about}, remove, move(i + 1, '↓', 'later'), move(i - 1, '↑', 'earlier'),
                   element('b', {}, step.operation.name),
                   ...step.operation.parameters.map((p, k) => element('label', {title: p.about + ' (' + p.values + ')'},
                                                                      element('span', {}, p.name.toLowerCase()), ...controls(step, k))));
  }));
}

function changed() {
  $('text').value = steps.map(textOf).join(',');
  soon();
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(run, 120);
}

async function run() {
  if (running) running.abort();
  if (!picture) return;
  if (!$('text').value.trim()) return say('Add an operation.');
  const here = running = new AbortController();
  const query = new URLSearchParams({chain: $('text').value, format: $('format').value});
  const start = performance.now();
  try {
    const answer = await fetch('/v1/run?' + query, {method: 'POST', body: picture, signal: here.signal});
    const ms = performance.now() - start;
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({error: 'status ' + answer.status}));
      return say(told.error, true);
    }
    const blob = await answer.blob();
    URL.revokeObjectURL($('save').href);
    $('save').href = URL.createObjectURL(blob);
    $('save').download = 'result.' + $('format').value;
    $('save').hidden = false;
    $('result').src = $('save').href;
    $('result').hidden = !['png', 'jpg', 'bmp'].includes($('format').value);
    say(`${ms.toFixed(1)} ms, ${(blob.size / 1024).toFixed(1)} KiB`);
  } catch (e) {
    if (e.name !== 'AbortError') say('The service does not answer.', true);
  }
}

function take(files) {
  if (!files.length) return;
  picture = files[0];
  if (files.length > 1) { // for chains that combine images
    picture = new FormData();
    for (const file of files) picture.append('image', file);
  }
  URL.revokeObjectURL($('source').src);
  $('source').src = URL.createObjectURL(files[0]);
  $('source').hidden = false;
  $('source').onerror = () => { $('source').hidden = true; }; // a format that the browser does not know
  soon();
}

async function start() {
  const listed = (await (await fetch('/v1/operations')).json()).operations;
  operations = new Map(listed.map(o => [o.name, o]));
  $('operations').append(...[...operations.keys()].sort().map(name => element('option', {value: name}, name)));
  const about = () => { $('about').textContent = operations.get($('operations').value).about; };
  $('operations').onchange = about;
  $('operations').value = 'gaussian';
  about();
  const described = await (await fetch('/openapi.json')).json();
  const format = described.paths['/v1/run'].post.parameters.find(p => p.name === 'format').schema;
  $('format').append(...format.enum.map(f => element('option', {value: f}, f)));
  $('format').value = format.default;
  $('format').onchange = soon;
  $('add').onclick = () => {
    const operation = operations.get($('operations').value);
    steps.push({operation, values: firstValues(operation)});
    draw();
    changed();
  };
  $('add').disabled = false;
  $('text').oninput = () => { steps = []; draw(); soon(); }; // what is written by hand has no sliders
  $('file').multiple = true;
  $('file').onchange = e => take(e.target.files);
  $('drop').ondragover = e => { e.preventDefault(); $('drop').classList.add('over'); };
  $('drop').ondragleave = () => $('drop').classList.remove('over');
  $('drop').ondrop = e => { e.preventDefault(); $('drop').classList.remove('over'); take(e.dataTransfer.files); };
  document.onpaste = e => take(e.clipboardData.files);
}
start().catch(() => say('The service does not answer.', true));
