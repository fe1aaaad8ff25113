// Line charts in SVG. Text gets in by textContent only.

const SVG = 'http://www.w3.org/2000/svg';
const MOST_POINTS = 150;

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function html(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The least of 1, 2, 5, 10, 20 … that is not below the value. */
function ceiling(value) {
  if (!(value > 0)) return 1;
  const power = Math.pow(10, Math.floor(Math.log10(value)));
  for (const step of [1, 2, 5, 10]) if (step * power >= value * 0.999999) return step * power;
  return 10 * power;
}

/** Slices of time with the samples that fall into them, so that there are no more than can be seen. */
export function slices(samples, seconds) {
  const shown = samples.filter(sample => sample.at >= Date.now() - seconds * 1000);
  const size = Math.max(1, Math.ceil(shown.length / MOST_POINTS));
  const all = [];
  // Cut by number, so that a slice keeps its samples while time goes on.
  for (const sample of shown) {
    const key = Math.floor(sample.number / size);
    const last = all[all.length - 1];
    if (last && last.key === key) last.samples.push(sample);
    else all.push({key, samples: [sample]});
  }
  return all.map(slice => ({at: slice.samples[slice.samples.length - 1].at, samples: slice.samples}));
}

/** One chart: a figure with caption, drawing, legend, and its figures as a table. */
export class Chart {
  constructor(title, unit, format, limit) {
    this.format = format;
    this.limit = limit;
    this.title = title;
    this.figure = html('figure');
    const caption = html('figcaption', '', title + ' ');
    caption.append(html('span', 'quiet', unit));
    this.svg = element('svg', {class: 'chart', role: 'img'});
    this.legend = html('ul', 'legend');
    const details = html('details');
    details.append(html('summary', '', 'Figures: ' + title.toLowerCase()));
    this.table = html('table');
    const head = html('thead');
    const row = html('tr');
    for (const name of ['Line', 'Now', 'Mean', 'Most']) {
      const cell = html('th', name === 'Line' ? '' : 'number', name);
      cell.scope = 'col';
      row.append(cell);
    }
    head.append(row);
    this.rows = html('tbody');
    this.table.append(html('caption', 'unseen', title), head, this.rows);
    details.append(this.table);
    this.figure.append(caption, this.svg, this.legend, details);
  }

  /** Draws series of {name, color, values}, a value for each slice or null where there is none. */
  draw(times, series, seconds) {
    const width = Math.max(240, this.svg.clientWidth || 480);
    const height = Math.max(120, this.svg.clientHeight || 176);
    const left = 56, right = 8, top = 8, bottom = 22;
    const values = series.flatMap(each => each.values).filter(value => value !== null);
    const most = this.limit || ceiling(Math.max(0, ...values));
    const now = Date.now();
    const x = at => left + (width - left - right) * (1 - (now - at) / (seconds * 1000));
    const y = value => top + (height - top - bottom) * (1 - Math.min(value, most) / most);
    const parts = [];
    for (const part of [0, 0.5, 1]) {
      const at = y(most * part);
      parts.push(element('line', {class: 'grid', x1: left, x2: width - right, y1: at, y2: at}));
      parts.push(element('text', {class: 'axis', x: left - 6, y: at + 4, 'text-anchor': 'end'}, this.format(most * part)));
    }
    const minutes = seconds / 60;
    const label = value => (value >= 1 ? value + ' min' : value * 60 + ' s') + ' ago';
    parts.push(element('text', {class: 'axis', x: left, y: height - 5}, label(minutes)));
    parts.push(element('text', {class: 'axis', x: (left + width - right) / 2, y: height - 5, 'text-anchor': 'middle'}, label(minutes / 2)));
    parts.push(element('text', {class: 'axis', x: width - right, y: height - 5, 'text-anchor': 'end'}, 'now'));
    for (const each of series) {
      let path = '';
      let drawn = false;
      each.values.forEach((value, i) => {
        if (value === null || x(times[i]) < left) {
          drawn = false;
          return;
        }
        const point = x(times[i]).toFixed(1) + ' ' + y(value).toFixed(1);
        path += drawn ? 'L' + point : 'M' + point + 'l.01 0';
        drawn = true;
      });
      if (path) parts.push(element('path', {class: 'series c' + each.color, d: path}));
    }
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const shown = series.map(each => this.#described(each));
    const text = shown.map(each => `${each.name}: now ${each.now}, on average ${each.mean}, at most ${each.most}`);
    this.svg.setAttribute('aria-label', `${this.title}. ${text.join('; ') || 'Nothing yet'}.`);
    this.svg.replaceChildren(...parts);
    this.legend.replaceChildren(...shown.map(each => this.#entry(each)));
    this.rows.replaceChildren(...shown.map(each => this.#row(each)));
  }

  #described(each) {
    const known = each.values.filter(value => value !== null);
    const last = each.values.length ? each.values[each.values.length - 1] : null;
    const mean = known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
    const say = value => value === null ? 'none' : this.format(value);
    return {name: each.name, color: each.color, now: say(last), mean: say(mean), most: say(known.length ? Math.max(...known) : null)};
  }

  #entry(each) {
    const item = html('li');
    const sign = element('svg', {viewBox: '0 0 29 10', 'aria-hidden': 'true'});
    sign.append(element('path', {class: 'series c' + each.color, d: 'M1 5H28'}));
    item.append(sign, html('span', '', each.name), html('b', '', each.now));
    return item;
  }

  #row(each) {
    const row = html('tr');
    const name = html('th', '', each.name);
    name.scope = 'row';
    row.append(name);
    for (const text of [each.now, each.mean, each.most]) row.append(html('td', 'number', text));
    return row;
  }
}
