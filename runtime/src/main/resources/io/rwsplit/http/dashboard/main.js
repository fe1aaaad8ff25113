// Asks the agent every two seconds, and does what the buttons say.

import {Chart, slices} from './charts.js';
import {byId, count, duration, events, explained, groupName, lag, overview, percent, show, slow, statements, Topology} from './view.js';

const EVERY = 2000;
const SELDOM = 3;
const LONGEST_WAIT = 15000;
const PATIENCE = 10000;
const KEPT = 600;

/** Only here: gone with the page. */
let token = null;

let chosen = null;
/** Names of the groups; null before the first answer. */
let names = null;
let history = [];
let newest = 0;
let upSeconds = 0;
let turn = 0;
let observes = false;
let failures = 0;
let lastAnswer = null;
let seen = null;
let timer = null;
let asking = false;

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, body, patience) {
  const headers = {};
  if (token) headers.Authorization = 'Bearer ' + token;
  const request = {headers, cache: 'no-store', credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(patience || PATIENCE)};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    request.method = 'POST';
    request.body = JSON.stringify(body);
  }
  const response = await fetch(path, request);
  let answer = null;
  try {
    answer = await response.json();
  } catch (fault) {
    if (response.ok) throw fault;
  }
  if (!response.ok && !(answer && answer.groups)) {
    throw new Refused(response.status, answer && answer.error ? answer.error.message : 'status ' + response.status);
  }
  return answer;
}

const ofGroup = path => path + (path.includes('?') ? '&' : '?') + 'group=' + encodeURIComponent(chosen);

// What is seen

const charts = {
  share: new Chart('Share on replicas', 'of all statements', value => value.toFixed(0) + ' %', 100),
  reads: new Chart('Statements', 'a second, by node', value => value >= 10 || value === 0 ? count(Math.round(value)) : value.toFixed(1)),
  mean: new Chart('Latency', 'mean of an execution, by node', duration),
  tail: new Chart('Latency, 95th percentile', 'by node, as far as buckets tell', duration),
  lag: new Chart('Lag', 'behind the master', duration),
  pool: new Chart('Connections in use', 'of the pool of each replica', value => Number.isInteger(value) ? String(value) : value.toFixed(1)),
};
byId('charts').append(charts.reads.figure, charts.share.figure, charts.mean.figure, charts.tail.figure, charts.lag.figure, charts.pool.figure);

const topology = new Topology(act);

function keep(answer) {
  const now = Date.now();
  answer.ageSeconds.forEach((age, i) => {
    const nodes = new Map();
    for (const node of answer.nodes) {
      nodes.set(node.name, {
        executions: node.executions[i],
        mean: node.meanMilliseconds[i],
        tail: node.percentile95Milliseconds[i],
        lag: node.lagMilliseconds ? node.lagMilliseconds[i] : null,
        inUse: node.connectionsInUse ? node.connectionsInUse[i] : null,
        master: node.master,
      });
    }
    history.push({at: now - age * 1000, seconds: answer.seconds[i], number: answer.newest - answer.ageSeconds.length + 1 + i, nodes});
  });
  newest = answer.newest;
  if (history.length > KEPT) history.splice(0, history.length - KEPT);
}

const sum = (list, value) => list.reduce((all, each) => all + value(each), 0);
const most = (list, value) => list.reduce((all, each) => value(each) === null ? all : Math.max(all === null ? 0 : all, value(each)), null);

function drawCharts() {
  const seconds = Number(byId('window').value);
  const cut = slices(history, seconds);
  const times = cut.map(slice => slice.at);
  const nodes = history.length ? [...history[history.length - 1].nodes.entries()] : [];
  const lines = (wanted, value) => nodes.map(([name, node], i) => ({name, node, color: i % 8}))
    .filter(each => wanted(each.node))
    .map(each => ({name: each.name, color: each.color,
      values: cut.map(slice => value(slice.samples.map(sample => ({of: sample.nodes.get(each.name), seconds: sample.seconds})).filter(sample => sample.of)))}));
  const mean = samples => {
    const all = sum(samples, each => each.of.executions);
    return all === 0 ? null : sum(samples, each => each.of.executions * (each.of.mean || 0)) / all;
  };
  charts.reads.draw(times, lines(() => true, samples => sum(samples, each => each.of.executions) / Math.max(0.001, sum(samples, each => each.seconds))), seconds);
  charts.mean.draw(times, lines(() => true, mean), seconds);
  charts.tail.draw(times, lines(() => true, samples => most(samples, each => each.of.tail)), seconds);
  charts.lag.draw(times, lines(node => !node.master, samples => most(samples, each => each.of.lag)), seconds);
  charts.pool.draw(times, lines(node => !node.master, samples => most(samples, each => each.of.inUse)), seconds);
  charts.share.draw(times, [{name: 'on replicas', color: 1, values: cut.map(slice => {
    const all = sum(slice.samples, sample => sum([...sample.nodes.values()], node => node.executions));
    const away = sum(slice.samples, sample => sum([...sample.nodes.values()], node => node.master ? 0 : node.executions));
    return all === 0 ? null : 100 * away / all;
  })}], seconds);
}

/** Says what has changed to those who do not see it. */
function tell(group, status) {
  const state = new Map([['Routing', group.routing ? 'on' : 'off'], ['Master', group.master || 'none']]);
  for (const node of status.replicas) state.set(node.name, node.drained ? 'drained' : node.inService ? 'in service' : 'out of service');
  if (seen) {
    const changed = [...state].filter(([name, now]) => seen.has(name) && seen.get(name) !== now).map(([name, now]) => name + ': ' + now);
    if (changed.length) byId('changes').textContent = changed.join('. ') + '.';
  }
  seen = state;
}

function choose(groups) {
  const found = groups.map(group => group.name);
  if (JSON.stringify(found) !== JSON.stringify(names)) {
    names = found;
    byId('group').replaceChildren(...found.map(name => {
      const option = document.createElement('option');
      option.value = name;
      option.textContent = groupName(name);
      return option;
    }));
    byId('groups').hidden = found.length < 2;
    if (!found.includes(chosen)) forget(found.length ? found[0] : null);
    if (chosen !== null) byId('group').value = chosen;
  }
}

function forget(group) {
  chosen = group;
  history = [];
  newest = 0;
  seen = null;
  turn = 0;
  topology.clear();
}

async function look() {
  const all = await ask('/api/status');
  if (all.upSeconds < upSeconds) {
    // Another agent answers: its samples count anew.
    names = null;
    forget(null);
  }
  upSeconds = all.upSeconds;
  show('version', all.version);
  choose(all.groups);
  const group = all.groups.find(each => each.name === chosen);
  byId('pass-through').disabled = !group;
  if (!group) {
    const failed = (all.notStarted || [])[0];
    show('state', failed ? 'Not started' : 'Waiting');
    byId('state').className = 'badge warn';
    show('routing-means', failed ? 'All statements go to the master: ' + failed.why : 'The application has not connected to its master yet.');
    return;
  }
  const of = chosen;
  const seldom = turn % SELDOM === 0;
  if (turn === 0) {
    const configuration = await ask(ofGroup('/api/configuration'));
    observes = configuration.groups[0].properties['rwsplit.mode'] === 'observe';
    byId('reload').hidden = !configuration.file;
  }
  const [status, figures, past, ...rest] = await Promise.all([
    ask(ofGroup('/api/database/replication/status')), ask(ofGroup('/api/database/replication/metrics')), ask(ofGroup('/api/history?after=' + newest)),
    ...(seldom ? [ask(ofGroup('/api/statements?limit=20')), ask(ofGroup('/api/slow-statements')), ask(ofGroup('/api/events'))] : [])]);
  if (of !== chosen) return;
  turn++;
  overview(group, observes);
  byId('sync').hidden = status.groups[0].replication !== 'wal';
  topology.draw(status.groups[0], new Map(figures.groups[0].replicas.map(each => [each.name, each])), group);
  keep(past.groups[0]);
  drawCharts();
  tell(group, status.groups[0]);
  if (seldom) {
    statements(rest[0].groups[0].statements);
    slow(rest[1].groups[0]);
    events(rest[2].groups[0].events);
  }
}

// When it is asked

const clock = () => new Date().toLocaleTimeString('en-GB');

async function round() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  let wait = EVERY;
  try {
    await look();
    if (failures > 0) byId('changes').textContent = 'The agent answers again.';
    failures = 0;
    lastAnswer = clock();
    show('updated', 'As of ' + lastAnswer);
    byId('trouble').hidden = true;
    document.body.classList.remove('stale');
  } catch (fault) {
    failures++;
    wait = Math.min(LONGEST_WAIT, EVERY * Math.pow(2, Math.min(failures - 1, 4)));
    failed(fault, wait);
  } finally {
    asking = false;
  }
  if (!document.hidden) timer = setTimeout(round, wait);
}

function failed(fault, wait) {
  document.body.classList.add('stale');
  show('updated', lastAnswer ? 'Last answer at ' + lastAnswer : 'No answer yet');
  show('state', 'No answer');
  byId('state').className = 'badge bad';
  let text = 'The agent does not answer' + (lastAnswer ? ' since ' + lastAnswer + '; what is shown is old' : '') + '. The application may have ended.';
  if (fault instanceof Refused) {
    text = fault.status === 401 ? 'This server shows nothing without the token: ' + fault.message + '.' : 'The agent refuses to answer: ' + fault.message + '.';
    if (fault.status === 401) show('state', 'Token needed');
  }
  show('trouble', `${text} Asking again every ${Math.round(wait / 1000)} s.`);
  byId('trouble').hidden = false;
}

document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : round());

// What is done

let ticking = null;

/** What has come of something, and by which steps. */
function say(text, bad, steps) {
  clearInterval(ticking);
  const banner = byId('said');
  banner.className = 'banner ' + (bad ? 'bad' : 'good');
  banner.hidden = false;
  const line = document.createElement('p');
  line.textContent = text;
  const at = document.createElement('span');
  at.className = 'at';
  at.textContent = clock() + ' ';
  line.prepend(at);
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'close';
  close.textContent = 'Close';
  close.setAttribute('aria-label', 'Close this message');
  close.addEventListener('click', () => {
    banner.hidden = true;
    byId('content').focus({preventScroll: true});
  });
  const head = document.createElement('div');
  head.append(line, close);
  banner.replaceChildren(head);
  if (steps && steps.length) {
    const list = document.createElement('ol');
    list.append(...steps.map(step => {
      const item = document.createElement('li');
      item.textContent = step;
      return item;
    }));
    banner.append(list);
  }
}

/** Something is under way, and for how long; the seconds are for the eye only. */
function working(what) {
  say(what + ' …', false);
  const banner = byId('said');
  banner.className = 'banner busy';
  const seconds = document.createElement('span');
  seconds.setAttribute('aria-hidden', 'true');
  banner.querySelector('p').append(seconds);
  const began = Date.now();
  ticking = setInterval(() => { seconds.textContent = ` ${Math.round((Date.now() - began) / 1000)} s`; }, 1000);
}

/** Asks for a yes, and for the token where there is none; false for no. */
function confirmed(title, text, yes, always) {
  if (token && !always) return Promise.resolve(true);
  const dialog = byId('ask');
  show('ask-title', title);
  show('ask-text', text);
  show('ask-yes', yes);
  byId('secret').value = '';
  byId('ask-token').hidden = Boolean(token);
  dialog.returnValue = '';
  dialog.showModal();
  (token ? byId('ask-no') : byId('secret')).focus();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      const given = byId('secret').value.trim();
      byId('secret').value = '';
      // What no header can hold is no token.
      if (dialog.returnValue === 'yes' && !token && given && /^[!-~]+$/.test(given)) setToken(given);
      resolve(dialog.returnValue === 'yes' && Boolean(token));
    }, {once: true});
  });
}

byId('ask-no').addEventListener('click', () => byId('ask').close('no'));
byId('ask-form').addEventListener('submit', event => {
  event.preventDefault();
  byId('ask').close('yes');
});

function setToken(given) {
  token = given;
  show('token', token ? 'Forget token' : 'Enter token');
}

byId('token').addEventListener('click', async () => {
  if (token) {
    setToken(null);
    say('The token is forgotten.', false);
  } else if (await confirmed('Token', 'What changes something needs the token of the agent.', 'Use it', true)) {
    say('The token is used from now on.', false);
    round();
  }
});

async function change(path, body, what, done, steps) {
  working(what);
  try {
    const answer = await ask(ofGroup(path), body, 70000);
    say(done(answer), answer.done === false, steps && steps(answer));
  } catch (fault) {
    if (fault instanceof Refused && fault.status === 401) setToken(null);
    say(fault instanceof Refused ? `${what}: refused, ${fault.message}.` : `${what}: no answer; whether it was done is not known.`, true);
  }
  turn = 0;
  await round();
}

const synced = answer => (answer.done ? 'Done: ' : 'Not done in time: ')
  + answer.replicas.map(each => `${each.name} ${each.done ? 'has all' : each.reason || each.state.replace(/-/g, ' ')} (${lag(each.lag)})`).join(', ') + '.';
const changed = what => answer => `${what}: ${answer.done ? 'done' : 'not done'}${answer.summary ? ', ' + answer.summary : ''}.`;
const stepsOf = answer => answer.steps;

async function act(action, node) {
  const path = encodeURIComponent(node);
  switch (action) {
    case 'drain':
    case 'enable': {
      const text = action === 'drain' ? `${node} gets no further reads.` : `${node} may serve reads again.`;
      if (await confirmed(action === 'drain' ? 'Drain ' + node : 'Enable ' + node, text, action === 'drain' ? 'Drain' : 'Enable')) {
        await change(`/api/replicas/${path}/${action}`, {}, (action === 'drain' ? 'Drain ' : 'Enable ') + node, answer => `${answer.name}: ${answer.drained ? 'drained, ' + answer.connectionsInUse + ' connections in use' : 'may serve'}.`);
      }
      break;
    }
    case 'resync':
      if (await confirmed('Resync ' + node, 'The replica is compared with the master page by page, and what differs is written. It serves no reads meanwhile.', 'Resync', true)) {
        await change('/api/force-sync', {mode: 'resync', replica: node, timeoutMillis: 60000}, 'Resync ' + node, synced);
      }
      break;
    case 'switchover':
      if (await confirmed('Make ' + node + ' the master', 'The present master takes no writes from then on, its sessions end, and this node is promoted once it has everything.', 'Make it the master', true)) {
        await change('/api/switchover/' + path, {timeoutMillis: 60000}, 'Switchover to ' + node, changed('Switchover to ' + node), stepsOf);
      }
      break;
    case 'failover':
      if (await confirmed('Fail over to ' + node, 'This node is promoted although the master does not answer. What the master has and this node lacks is lost to the application.', 'Promote it', true)) {
        await change('/api/failover/' + path, {}, 'Failover to ' + node, changed('Failover to ' + node), stepsOf);
      }
      break;
  }
}

byId('pass-through').addEventListener('click', async () => {
  const on = byId('pass-through').dataset.enables === 'true';
  const text = on ? 'Reads may go to replicas again.' : 'Every statement goes to the master from now on, as without the agent.';
  if (await confirmed(on ? 'Route reads again' : 'Send all to the master', text, on ? 'Route again' : 'Send all to the master', true)) {
    await change('/api/routing', {enabled: on}, on ? 'Routing on' : 'Routing off', answer => `Routing is ${answer.routing ? 'on' : 'off'}.`);
  }
});

byId('sync').addEventListener('click', async () => {
  if (await confirmed('Sync now', 'Waits until all replicas have what the master has committed.', 'Sync')) {
    await change('/api/force-sync', {mode: 'sync', timeoutMillis: 60000}, 'Sync', synced);
  }
});

byId('reload').addEventListener('click', async () => {
  if (await confirmed('Read the configuration again', 'What may change while the application runs holds from then on; a file with faults changes nothing.', 'Read it again', true)) {
    await change('/api/reload', {}, 'Configuration', answer => `${answer.file}: ${answer.summary}.`,
      answer => [...answer.changes.map(each => (each.group ? each.group + ': ' : '') + each.text), ...answer.faults.map(each => each.text), ...answer.warnings.map(each => each.text)]);
  }
});

byId('explain').addEventListener('submit', async event => {
  event.preventDefault();
  const sql = byId('sql').value.trim();
  if (!sql || !await confirmed('Explain a statement', 'What asks the agent for more than its figures needs the token.', 'Explain')) return;
  try {
    explained(await ask(ofGroup('/api/explain'), {sql, inTransaction: byId('in-transaction').checked}));
  } catch (fault) {
    if (fault instanceof Refused && fault.status === 401) setToken(null);
    byId('explained').textContent = fault instanceof Refused ? `Refused: ${fault.message}.` : 'No answer.';
  }
});

byId('group').addEventListener('change', () => {
  forget(byId('group').value);
  round();
});
byId('window').addEventListener('change', drawCharts);
byId('whole').addEventListener('click', () => {
  const on = document.body.classList.toggle('whole');
  byId('whole').setAttribute('aria-pressed', String(on));
});
let resizing = null;
addEventListener('resize', () => {
  clearTimeout(resizing);
  resizing = setTimeout(drawCharts, 150);
});

round();
