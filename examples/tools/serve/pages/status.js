// SPDX-License-Identifier: BSL-1.0
// The numbers of /v1/status, every second.
'use strict';
const $ = id => document.getElementById(id);

function rows(table, pairs) {
  $(table).replaceChildren(...pairs.map(cells => {
    const row = document.createElement('tr');
    for (const text of cells) row.insertCell().textContent = text;
    return row;
  }));
}

// Lines of Prometheus: name{label="value",...} number
function samples(text) {
  return text.split('\n').filter(line => line && line[0] !== '#').map(line => {
    const at = line.lastIndexOf(' '), open = line.indexOf('{');
    const labels = {};
    if (open >= 0) for (const [, name, value] of line.slice(open, at).matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) labels[name] = value;
    return {name: line.slice(0, open >= 0 ? open : at), labels, value: Number(line.slice(at + 1))};
  });
}

const plain = value => Number.isInteger(value) ? String(value) : value.toPrecision(4);

async function show() {
  try {
    const {settings, metrics} = await (await fetch('/v1/status')).json();
    const all = samples(metrics);
    const kinds = new Map([...metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(m => [m[1], m[2]]));
    const known = kind => s => kinds.get(s.name) === kind;
    rows('now', all.filter(known('gauge')).map(s => [s.name.replace('quoin_', ''), Object.values(s.labels).join(', '),
                                                     s.name.endsWith('_bytes') ? (s.value / 2 ** 20).toFixed(1) + ' MiB' : plain(s.value)]));
    rows('requests', all.filter(known('counter')).map(s => [s.name.replace(/quoin_|_total/g, ''), Object.values(s.labels).join(', '), plain(s.value)]));
    rows('times', all.filter(s => s.name.endsWith('_seconds_count')).map(count => {
      const name = count.name.slice(0, -6), label = JSON.stringify(count.labels);
      const sum = all.find(s => s.name === name + '_sum' && JSON.stringify(s.labels) === label);
      return [Object.values(count.labels).join(', '), name.includes('stage') ? 'stage' : 'request',
              count.value ? (1000 * sum.value / count.value).toFixed(3) + ' ms in the mean of ' + count.value : 'none yet'];
    }));
    rows('settings', Object.entries(settings).map(([name, s]) => [name, s.about, String(s.value)]));
    $('state').textContent = '';
    $('state').classList.remove('wrong');
  } catch {
    $('state').textContent = 'The service does not answer.';
    $('state').classList.add('wrong');
  }
}
show();
setInterval(show, 1000);
