// Makes the inbox quicker and livelier. Every page works without it: it sends nothing that a form of the page would not send, and no key decides anything.
(() => {
  'use strict';

  const main = document.getElementById('main');
  if (!main) {
    return;
  }

  const { place, approval } = main.dataset;
  // An answer to a form stands at the form's address, where nothing can be fetched again.
  const self = main.dataset.self ?? location.pathname + location.search;
  const isAnswer = new URL(self, location.href).pathname !== location.pathname;
  const live = document.getElementById('live');
  const changed = document.getElementById('changed');
  // Ages are reckoned on the server's clock.
  const skew = Date.now() - Date.parse(main.dataset.now);
  const now = () => Date.now() - skew;

  const say = text => { live.textContent = text; };
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // --- Times, in the words of the server (Parts/TimeText.cs) ---

  const minute = 60_000;
  const hour = 60 * minute;
  const day = 24 * hour;

  const age = ms => ms < 45_000 ? 'just now'
    : ms < hour ? `${Math.max(1, Math.floor(ms / minute))} min ago`
      : ms < 2 * day ? `${Math.floor(ms / hour)} h ago`
        : `${Math.floor(ms / day)} days ago`;

  const left = ms => ms <= 0 ? 'time is over'
    : ms < minute ? 'less than 1 min left'
      : ms < hour ? `${Math.floor(ms / minute)} min left`
        : ms < 2 * day ? `${Math.floor(ms / hour)} h ${Math.floor(ms % hour / minute)} min left`
          : `${Math.floor(ms / day)} days left`;

  const urgency = ms => ms <= 0 ? 'over' : ms < 15 * minute ? 'now' : ms < hour ? 'soon' : 'calm';

  function tick() {
    let isOver = false;
    for (const time of all('time[data-time]')) {
      const at = Date.parse(time.dateTime);
      const text = time.dataset.time === 'age' ? age(now() - at) : left(at - now());
      if (time.textContent !== text) {
        time.textContent = text;
      }

      const holder = time.closest('[data-urgency]');
      if (holder && holder.dataset.urgency !== urgency(at - now())) {
        holder.dataset.urgency = urgency(at - now());
        isOver ||= holder.dataset.urgency === 'over';
      }
    }

    if (isOver) {
      soon();
    }
  }

  // --- What a person has begun is never thrown away ---

  const chosenAtFirst = select => Math.max(0, all('option', select).findIndex(option => option.defaultSelected));
  const isTouched = field => field.type === 'checkbox' ? field.checked !== field.defaultChecked
    : field.tagName === 'SELECT' ? field.selectedIndex !== chosenAtFirst(field)
      : field.type !== 'hidden' && field.value !== field.defaultValue;

  const isBegun = () => all('input, textarea, select', main).some(isTouched);

  function warn(text, link = 'Show the change') {
    changed.querySelector('[data-changed-text]').textContent = text;
    const to = changed.querySelector('[data-changed-link]');
    to.textContent = link;
    to.href = self;
    if (changed.hidden) {
      changed.hidden = false;
      say(text);
    }
  }

  // --- Live updates: the same page is fetched again, and only what differs is exchanged ---

  // A page's own tokens and clock differ every time; they are no news.
  function signature(region) {
    const copy = region.cloneNode(true);
    all('input[name="form-token"]', copy).forEach(token => token.remove());
    all('time[data-time]', copy).forEach(time => { time.textContent = ''; });
    all('[data-urgency]', copy).forEach(holder => { delete holder.dataset.urgency; });
    // Nor is what a person had typed, with what is wrong with it, on the answer to their form.
    all('textarea', copy).forEach(field => { field.textContent = ''; });
    all('[aria-invalid]', copy).forEach(field => field.removeAttribute('aria-invalid'));
    all('option[selected]', copy).forEach(option => option.removeAttribute('selected'));
    all('.problem[id]', copy).forEach(problem => problem.remove());
    return copy.innerHTML;
  }

  async function refresh() {
    if (!['queue', 'case', 'modify', 'batch'].includes(place)) {
      return;
    }

    let page;
    try {
      const answer = await fetch(self, { headers: { Accept: 'text/html' }, cache: 'no-store' });
      if (new URL(answer.url).pathname.startsWith('/inbox/sign-in')) {
        warn('You are signed out.', 'Sign in');
        return;
      }

      page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    } catch {
      return;
    }

    const fresh = page.getElementById('main');
    if (!fresh || fresh.dataset.place !== place) {
      // What cannot be changed any more leads to its case.
      warn(approval && fresh?.dataset.approval === approval ? 'This changed since you opened it.' : 'This is no longer here.');
      return;
    }

    if (place === 'modify' || fresh.dataset.revision !== main.dataset.revision) {
      if (fresh.dataset.revision !== main.dataset.revision) {
        warn('This changed since you opened it.');
      }

      return;
    }

    exchange(page, fresh);
  }

  function exchange(page, fresh) {
    // A form's own id is hidden by a field of that name; its attribute is not.
    const news = all('[data-region]', fresh).map(region => [document.getElementById(region.getAttribute('id')), region])
      .filter(([old, region]) => old && signature(old) !== signature(region));
    if (news.length === 0) {
      return;
    }

    const active = document.activeElement;
    const isBusy = isAnswer || isBegun() || news.some(([old]) => place !== 'queue' && old !== active && old.contains(active));
    if (isBusy) {
      warn(place === 'queue' ? 'The queue changed.' : 'Something happened to this case.');
      return;
    }

    const held = active?.id;
    for (const [old, region] of news) {
      old.replaceWith(document.adoptNode(region));
    }

    if (held && document.activeElement?.id !== held) {
      document.getElementById(held)?.focus({ preventScroll: true });
    }

    document.title = page.title;
    say(page.title);
    tick();
  }

  let waiting;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 150);
  }

  let stream;
  let isFirst = true;
  function follow() {
    if (stream || document.hidden || !['queue', 'case', 'modify'].includes(place)) {
      return;
    }

    stream = new EventSource('/inbox/changes');
    stream.addEventListener('ready', () => {
      if (!isFirst) {
        soon();
      }

      isFirst = false;
      main.dataset.live = 'yes';
    });
    stream.addEventListener('approval', event => {
      if (place === 'queue' || event.data === approval) {
        soon();
      }
    });
    stream.addEventListener('many', soon);
    stream.addEventListener('signed-out', () => {
      stream.close();
      warn('You are signed out.', 'Sign in');
    });
    stream.addEventListener('error', () => {
      if (stream?.readyState === EventSource.CLOSED) {
        stream = undefined;
        setTimeout(follow, 10_000);
      }
    });
  }

  // A page that nobody looks at holds no connection; it catches up when it is looked at again.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      stream?.close();
      stream = undefined;
      delete main.dataset.live;
    } else {
      tick();
      follow();
    }
  });

  // --- Keys ---

  const keysOff = 'touchstage-keys-off';
  const remembered = {
    get isOff() {
      try { return localStorage.getItem(keysOff) === '1'; } catch { return false; }
    },
    set isOff(off) {
      try { off ? localStorage.setItem(keysOff, '1') : localStorage.removeItem(keysOff); } catch { /* It is not remembered then. */ }
    },
  };
  const isTyping = element => element.isContentEditable || element.matches('textarea, select, input:not([type="checkbox"])');

  function step(by) {
    const links = all('[data-open]');
    const at = links.findIndex(link => link.closest('[data-row]').contains(document.activeElement));
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  }

  function goTo(id) {
    const field = document.getElementById(id);
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  }

  const keys = {
    '?': () => document.getElementById('keys')?.showModal(),
    u: () => document.querySelector('[data-up]')?.click(),
    j: () => step(1),
    k: () => step(-1),
    x: () => document.activeElement.closest('[data-row]')?.querySelector('[name="id"]')?.click(),
    a: () => goTo('note'),
    r: () => goTo('reason'),
    m: () => document.getElementById('modify')?.click(),
  };
  const known = { queue: ['?', 'j', 'k', 'x'], case: ['?', 'u', 'a', 'r', 'm'] }[place] ?? ['?', 'u'];

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !'jk'.includes(event.key) || remembered.isOff
      || isTyping(event.target) || document.querySelector('dialog[open]') || !known.includes(event.key)) {
      return;
    }

    event.preventDefault();
    keys[event.key]();
  });

  for (const place of all('[data-key-switch]')) {
    place.hidden = false;
    const box = place.querySelector('input');
    box.checked = box.defaultChecked = !remembered.isOff;
    box.addEventListener('change', () => { remembered.isOff = !box.checked; });
  }

  // --- Forms ---

  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.matches('[data-once]')) {
      if (form.dataset.sent) {
        event.preventDefault();
      }

      form.dataset.sent = 'yes';
    }
  });
  // Back to a page that the browser kept: it may be old, and may be sent again.
  addEventListener('pageshow', event => {
    if (event.persisted) {
      all('[data-sent]').forEach(form => delete form.dataset.sent);
      soon();
    }
  });

  function count() {
    const chosen = all('#queue [name="id"]:checked').length;
    const text = document.querySelector('[data-selected]');
    if (text) {
      text.textContent = chosen === 0 ? 'Select cases that you want to decide together.' : chosen === 1 ? '1 case selected' : `${chosen} cases selected`;
    }
  }
  document.addEventListener('change', event => {
    if (event.target.matches('#queue [name="id"]')) {
      count();
    }
  });

  // --- Changing an action: what it comes to, while it is typed ---

  const form = document.querySelector('[data-preview]');
  let typing;
  let asked;

  const confirmable = can => {
    const region = document.getElementById('preview');
    can ? delete region.dataset.stale : region.dataset.stale = 'yes';
    const button = document.getElementById('confirm');
    if (button) {
      button.disabled = !can;
    }
  };

  async function preview() {
    asked?.abort();
    const mine = asked = new AbortController();
    let page;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: mine.signal, headers: { Accept: 'text/html' } });
      page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    } catch {
      return;
    }

    const fresh = page.getElementById('preview');
    if (!fresh || page.getElementById('main')?.dataset.revision !== main.dataset.revision) {
      warn('This changed since you opened it.');
      return;
    }

    document.getElementById('preview').replaceWith(document.adoptNode(fresh));
    for (const problem of all('.problem[id]', page)) {
      document.getElementById(problem.id)?.replaceWith(document.adoptNode(problem));
    }

    for (const field of all('input, textarea, select', form)) {
      page.getElementById(field.id)?.getAttribute('aria-invalid') ? field.setAttribute('aria-invalid', 'true') : field.removeAttribute('aria-invalid');
    }

    say(`Preview: ${fresh.querySelector('.lead, .problem')?.textContent ?? 'nothing is changed yet.'}`);
  }

  form?.addEventListener('input', () => {
    confirmable(false);
    clearTimeout(typing);
    typing = setTimeout(preview, 400);
  });
  form?.addEventListener('submit', event => {
    if (event.submitter?.id !== 'confirm') {
      event.preventDefault();
      clearTimeout(typing);
      preview().then(() => document.getElementById('preview').scrollIntoView({ block: 'nearest' }));
    }
  });

  // --- Start ---

  document.getElementById('notice')?.focus();
  count();
  tick();
  setInterval(tick, 15_000);
  follow();
})();
