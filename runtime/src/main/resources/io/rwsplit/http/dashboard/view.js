// What the page shows of the agent's answers. Everything an answer holds is text: it gets in by
// textContent, never as HTML.

export const byId = id => document.getElementById(id);

export function show(id, text) {
  const node = byId(id);
  if (node.textContent !== text) node.textContent = text;
}

export const count = value => value.toLocaleString('en-US');
export const percent = part => (100 * part).toFixed(1) + ' %';

/** A time in the unit people would choose. */
export function duration(milliseconds) {
  const abs = Math.abs(milliseconds);
  if (abs === 0) return '0 ms';
  if (abs < 1) return Math.round(milliseconds * 1000) + ' µs';
  if (abs < 10) return milliseconds.toFixed(1) + ' ms';
  if (abs < 1000) return Math.round(milliseconds) + ' ms';
  if (abs < 60000) return (milliseconds / 1000).toFixed(1) + ' s';
  return (milliseconds / 60000).toFixed(1) + ' min';
}

function bytes(value) {
  if (value < 1024) return value + ' B';
  return value < 1048576 ? (value / 1024).toFixed(1) + ' KiB' : (value / 1048576).toFixed(1) + ' MiB';
}

export function lag(value) {
  if (value.state === 'unknown') return 'unknown';
  const size = value.bytes ? ', ' + bytes(value.bytes) : '';
  return value.state === 'up-to-date' ? 'up to date' : duration(value.milliseconds) + size;
}

export const groupName = name => name === '' ? '(without a name)' : name;

function when(ageSeconds) {
  const moment = new Date(Date.now() - ageSeconds * 1000);
  const made = document.createElement('time');
  made.dateTime = moment.toISOString();
  const today = moment.toDateString() === new Date().toDateString();
  const time = moment.toLocaleTimeString('en-GB');
  made.textContent = today ? time : moment.toISOString().slice(0, 10) + ' ' + time;
  return made;
}

function cell(label, content, className) {
  const made = document.createElement('td');
  made.setAttribute('role', 'cell');
  made.dataset.label = label;
  if (className) made.className = className;
  made.append(content);
  return made;
}

function code(text) {
  const made = document.createElement('code');
  made.textContent = text;
  return made;
}

function row(...cells) {
  const made = document.createElement('tr');
  made.setAttribute('role', 'row');
  made.append(...cells);
  return made;
}

const SHOWN = 8;

/** Whether a table shows all it has. */
const whole = new Set();

/** Fills a table's body; of many rows the first only, until its button was pressed. */
function fill(id, list, columns, empty, made) {
  const button = byId('more-' + id);
  const all = whole.has(id);
  button.hidden = list.length <= SHOWN;
  button.textContent = all ? 'Show fewer' : `Show all ${list.length}`;
  button.setAttribute('aria-expanded', String(all));
  button.onclick = () => {
    if (!whole.delete(id)) whole.add(id);
    fill(id, list, columns, empty, made);
  };
  const rows = (all ? list : list.slice(0, SHOWN)).map(made);
  if (rows.length === 0) {
    const none = cell('', empty, 'empty');
    none.colSpan = columns;
    delete none.dataset.label;
    rows.push(row(none));
  }
  byId(id).replaceChildren(...rows);
}

const STATES = {UP: ['Healthy', 'good'], DEGRADED: ['Degraded', 'warn'], DOWN: ['No master', 'bad']};

/** The badge of a group's state, and the tiles. */
export function overview(group, observes) {
  const [text, kind] = STATES[group.state] || [group.state, 'warn'];
  show('state', text);
  byId('state').className = 'badge ' + kind;
  show('total', count(group.statements.total));
  show('on-replicas', count(group.statements.onReplicas));
  show('on-master', count(group.statements.onMaster));
  show('share', percent(group.statements.replicaShare));
  show('in-service', `${group.replicas.inService} of ${group.replicas.total}`);
  show('faults', count(group.faults));
  show('alerts', count(group.alerts));
  show('routing', group.routing ? observes ? 'only observed' : 'on' : 'off');
  show('routing-means', group.routing
    ? observes ? 'Every statement runs on the master; what could leave it is counted.' : 'Reads may leave the master.'
    : 'Every statement goes to the master, as without the agent.');
  byId('pass-through').dataset.enables = String(!group.routing);
  show('pass-through', group.routing ? 'Send all to the master' : 'Route reads again');
}

function roleOf(node) {
  return {master: 'Master', replica: 'Replica', unknown: 'Role unknown'}[node.role] || node.role;
}

/** A node's card; made once, so that whoever has a button of it keeps it. */
class Card {
  constructor(name, act) {
    this.item = document.createElement('li');
    this.title = document.createElement('div');
    this.title.className = 'title';
    this.heading = document.createElement('h3');
    this.heading.textContent = name;
    this.badge = document.createElement('span');
    this.title.append(this.heading, this.badge);
    this.list = document.createElement('dl');
    this.buttons = document.createElement('div');
    this.buttons.className = 'buttons';
    this.item.append(this.title, this.list);
    this.made = new Map();
    this.name = name;
    this.act = act;
  }

  facts(pairs) {
    const parts = [];
    for (const [name, value] of pairs) {
      if (value === null || value === undefined || value === '') continue;
      const term = document.createElement('dt');
      term.textContent = name;
      const fact = document.createElement('dd');
      fact.textContent = value;
      parts.push(term, fact);
    }
    this.list.replaceChildren(...parts);
  }

  state(text, kind, className) {
    this.badge.textContent = text;
    this.badge.className = 'badge ' + kind;
    this.item.className = 'node ' + className;
  }

  button(action, text, wanted) {
    let button = this.made.get(action);
    if (!button && wanted) {
      button = document.createElement('button');
      button.type = 'button';
      button.dataset.action = action;
      button.dataset.node = this.name;
      button.addEventListener('click', () => this.act(button.dataset.now, this.name));
      this.made.set(action, button);
      this.buttons.append(button);
      this.item.append(this.buttons);
    }
    if (button) {
      button.hidden = !wanted;
      if (wanted && button.textContent !== text) {
        button.textContent = text;
        const name = document.createElement('span');
        name.className = 'unseen';
        name.textContent = ' ' + this.name;
        button.append(name);
      }
    }
    return button;
  }
}

/** The nodes of a group as cards. */
export class Topology {
  constructor(act) {
    this.act = act;
    this.cards = new Map();
  }

  clear() {
    this.cards.clear();
    byId('nodes').replaceChildren();
  }

  draw(status, figures, group) {
    const order = [];
    if (status.master) order.push(this.#master(status, group));
    for (const node of status.replicas) {
      order.push(this.#replica(node, figures.get(node.name), status, group));
    }
    for (const [name, card] of this.cards) {
      if (!order.includes(card)) {
        card.item.remove();
        this.cards.delete(name);
      }
    }
    const list = byId('nodes');
    order.forEach((card, i) => {
      if (list.children[i] !== card.item) list.insertBefore(card.item, list.children[i] || null);
    });
    const failover = status.failover;
    byId('failover').hidden = !failover;
    if (failover) {
      const why = failover.why ? ', ' + failover.why : '';
      show('failover', `Failover: ${failover.mode}, term ${failover.term}${why}.`);
    }
  }

  #card(name) {
    let card = this.cards.get(name);
    if (!card) {
      card = new Card(name, this.act);
      this.cards.set(name, card);
    }
    return card;
  }

  #master(status, group) {
    const master = status.master;
    const card = this.#card(master.name);
    card.state(master.available ? 'Master' : 'Master, does not answer', master.available ? 'good' : 'bad', 'master');
    card.facts([['Address', master.url], ['Position', master.position], ['Statements', count(group.statements.onMaster)],
      ['Manager', master.manager]]);
    for (const action of card.made.keys()) card.button(action, '', false);
    return card;
  }

  #replica(node, figures, status, group) {
    const card = this.#card(node.name);
    const state = node.drained ? ['Drained', 'warn'] : node.inService ? ['In service', 'good'] : ['Out of service', 'bad'];
    card.state(state[0], state[1], node.inService ? 'in' : 'out');
    const feed = node.feed && node.feed.state !== 'streaming' ? node.feed.state.replace(/-/g, ' ') + (node.feed.reason ? ': ' + node.feed.reason : '') : null;
    const pool = figures && figures.pool;
    card.facts([['Role', roleOf(node)], ['Address', node.url], ['Lag', lag(node.lag)], ['Position', node.position],
      ['Standing', node.standing], ['Feed', feed], ['Remark', node.remark],
      ['Reads', figures && `${count(figures.reads)} (${percent(figures.shareOfReads)} of the replicas')`],
      ['Connections', pool && `${pool.inUse} in use, ${pool.open} open, ${pool.maximum} at most`], ['Pool', node.poolProblem],
      ['Zone', node.zone], ['Tags', node.tags.join(', ')], ['Manager', node.manager]]);
    const drain = card.button('drain', node.drained ? 'Enable' : 'Drain', true);
    drain.dataset.now = node.drained ? 'enable' : 'drain';
    const resync = card.button('resync', 'Resync', status.replication === 'wal');
    if (resync) resync.dataset.now = 'resync';
    const promotes = group.failover === 'promote';
    for (const [action, text] of [['switchover', 'Make master'], ['failover', 'Fail over']]) {
      const button = card.button(action, text, promotes);
      if (button) button.dataset.now = action;
    }
    return card;
  }
}

export function statements(list) {
  fill('statements', list, 4, 'No statement yet.', each => row(
    cell('Statement', code(each.statement)),
    cell('Executions', count(each.executions), 'number'),
    cell('On replicas', percent(each.replicaShare), 'number'),
    cell('Kept on the master because', each.masterReason || '–')));
}

export function slow(answer) {
  const sum = answer.counts.reduce((all, each) => all + each.count, 0);
  const off = answer.thresholdMilliseconds === null;
  show('slow-count', off ? 'off' : count(sum));
  const nodes = answer.counts.filter(each => each.count > 0).map(each => `${each.node} ${count(each.count)}`);
  show('slow-means', off
    ? 'Not looked for: rwsplit.slow.threshold is off.'
    : `Longer than ${duration(answer.thresholdMilliseconds)} since the start: ${nodes.join(', ') || 'none'}.`);
  fill('slow', answer.newest, 5, 'None.', each => row(
    cell('Statement', code(each.statement || 'batch')),
    cell('When', when(each.ageSeconds), 'when'),
    cell('Took', duration(each.milliseconds), 'number'),
    cell('Node', each.node, 'when'),
    cell('Reason', each.reason)));
}

export function events(list) {
  fill('events', list, 4, 'Nothing has happened yet.', each => {
    const made = row(
      cell('When', when(each.ageSeconds), 'when'),
      cell('Kind', each.trouble ? '⚠ ' + each.kind : each.kind, 'when'),
      cell('Node', each.node || '–', 'when'),
      cell('What', each.text));
    if (each.trouble) made.className = 'trouble';
    return made;
  });
}

export function explained(answer) {
  const parts = [];
  const line = (name, text) => {
    if (!text) return;
    const made = document.createElement('p');
    const strong = document.createElement('strong');
    strong.textContent = name + ': ';
    made.append(strong, text);
    parts.push(made);
  };
  line('Runs on', answer.onReplica ? 'a replica' : 'the ' + answer.route);
  line('Because', answer.reasons.join('; '));
  line('Kind', answer.kind.replace(/-/g, ' '));
  line('Tables', answer.tables.join(', '));
  line('Without literals', answer.statement);
  byId('explained').replaceChildren(...parts);
}
