// Platform half of the LTI client-side messages: capabilities, put_data, get_data, frameResize, scrollToTop.
// Runs in the launch page and in the frame it names lti_storage. What is stored lives as long as the page.
(() => {
  const maximumKeys = 500;
  const maximumLength = 4096;
  const framedOrigins = (document.body.dataset.origins ?? '').split(' ');
  const isStorageFrame = document.body.dataset.part === 'storage';
  const stored = new Map();

  const refusal = (code, message) => ({ error: { code, message } });

  const put = (origin, { key, value }) => {
    const own = stored.get(origin) ?? new Map();
    if (typeof key !== 'string' || key === '') return refusal('bad_request', 'key is missing');
    if (value === undefined || value === null) {
      own.delete(key);
      return { key };
    }
    if (typeof value !== 'string') return refusal('bad_request', 'value is not text');
    if (key.length + value.length > maximumLength || (own.size >= maximumKeys && !own.has(key))) {
      return refusal('storage_exhaustion', 'too much data');
    }
    stored.set(origin, own.set(key, value));
    return { key, value };
  };

  const get = (origin, { key }) => {
    if (typeof key !== 'string' || key === '') return refusal('bad_request', 'key is missing');
    const value = stored.get(origin)?.get(key);
    return value === undefined ? { key } : { key, value };
  };

  const supported = () => [
    { subject: 'lti.capabilities' },
    { subject: 'lti.put_data', frame: 'lti_storage' },
    { subject: 'lti.get_data', frame: 'lti_storage' },
    { subject: 'lti.frameResize' },
    { subject: 'lti.scrollToTop' },
  ];

  const resize = ({ height }) => {
    const tool = document.querySelector('iframe[name="tool"]');
    const pixels = Math.round(Number(height));
    if (tool === null || !(pixels > 0 && pixels < 20000)) return;
    tool.style.minHeight = '0';
    tool.style.height = `${pixels}px`;
    // The intranet's page may listen too (see embed.js); a height tells nothing about anyone.
    if (window.parent !== window) {
      window.parent.postMessage({ subject: 'lti.frameResize', height: pixels }, '*');
    }
  };

  // What the tool shows in its frame, so far below its top, is brought into view; the intranet's page may do the same.
  const scroll = ({ top }) => {
    const tool = document.querySelector('iframe[name="tool"]');
    const below = Math.round(Number(top ?? 0));
    if (tool === null || !(below >= 0 && below < 20000)) return;
    window.scrollTo(0, window.scrollY + tool.getBoundingClientRect().top + below);
    if (window.parent === window) return;
    const shown = Math.max(0, Math.round(tool.getBoundingClientRect().top + below));
    window.parent.postMessage({ subject: 'lti.scrollToTop', top: shown }, '*');
  };

  const acts = { 'lti.frameResize': resize, 'lti.scrollToTop': scroll };
  const answers = {
    'lti.capabilities': () => ({ supported_messages: supported() }),
    'lti.put_data': (event) => put(event.origin, event.data),
    'lti.get_data': (event) => get(event.origin, event.data),
  };

  // Some tools still send the text form and the names of the draft (org.imsglobal.lti.*).
  const read = (data) => {
    if (typeof data !== 'string') return data;
    try {
      return JSON.parse(data);
    } catch {
      return undefined;
    }
  };

  window.addEventListener('message', (event) => {
    const data = read(event.data);
    if (typeof data !== 'object' || data === null || typeof data.subject !== 'string') return;
    const subject = data.subject.replace(/^org\.imsglobal\.lti\./, 'lti.');
    if (!subject.startsWith('lti.') || subject.endsWith('.response') || event.source === null) return;
    const known = framedOrigins.includes(event.origin);
    if (Object.hasOwn(acts, subject)) {
      if (known && !isStorageFrame) acts[subject](data);
      return;
    }
    const answer = Object.hasOwn(answers, subject) ? answers[subject] : undefined;
    const outcome = !known
      ? refusal('wrong_origin', 'this origin is not the registered tool')
      : (answer?.({ origin: event.origin, data }) ?? refusal('unsupported_subject', 'this subject is not supported'));
    const reply = { subject: `${data.subject}.response`, message_id: data.message_id, ...outcome };
    event.source.postMessage(reply, event.origin);
  });

  // The launch page: first the frame that stores, then the tool, which may write to it at once.
  const open = () => {
    const tool = document.querySelector('iframe[name="tool"]');
    const storage = document.querySelector('iframe[name="lti_storage"]');
    if (tool === null || storage === null) return;
    const start = () => {
      if (!tool.src) tool.src = tool.dataset.src;
    };
    storage.addEventListener('load', start);
    storage.src = storage.dataset.src;
    setTimeout(start, 3000);
  };
  if (!isStorageFrame) open();
})();
