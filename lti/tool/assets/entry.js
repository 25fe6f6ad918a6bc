// Runs in the frame before the platform is asked who the person is: does this browser keep a cookie here? If so, go on.
// If not, leave the proof in the platform's storage where it offers one; else offer a new tab, where cookies are kept.
(() => {
  const entry = document.getElementById('lti-entry').dataset;
  const proceed = () => location.replace(entry.next);

  const keeps = (attributes) => {
    document.cookie = `lti_probe=1; Path=/lti; Max-Age=30; ${attributes}`;
    const kept = /(?:^|; )lti_probe=1/.test(document.cookie);
    document.cookie = `lti_probe=; Path=/lti; Max-Age=0; ${attributes}`;
    return kept;
  };
  const cookiesHold = () =>
    keeps('SameSite=None; Secure; Partitioned') || (entry.https === 'no' && keeps('SameSite=Lax'));

  const offerTab = () => {
    const box = document.getElementById('lti-new-tab');
    box.hidden = false;
    box.querySelector('form').addEventListener('submit', () => {
      box.hidden = true;
      document.getElementById('lti-opened').hidden = false;
    });
    box.querySelector('button').focus();
  };

  const put = (done) => {
    const outer = window.parent === window ? window.opener : window.parent;
    if (!entry.target || !outer) return done(false);
    const frame = entry.target === '_parent' ? outer : (outer.frames[entry.target] ?? outer);
    const id = `${Date.now()}-${Math.random()}`;
    const timer = setTimeout(() => finish(false), 1500);
    const finish = (stored) => {
      clearTimeout(timer);
      window.removeEventListener('message', hear);
      done(stored);
    };
    const hear = ({ origin, data }) => {
      if (origin !== entry.origin || data?.message_id !== id) return;
      if (/(?:^|\.)put_data\.response$/.test(data.subject)) finish(data.error === undefined);
    };
    window.addEventListener('message', hear);
    // The second subject is the one Sakai learnt before the standard was finished.
    for (const subject of ['lti.put_data', 'org.imsglobal.lti.put_data']) {
      frame.postMessage({ subject, message_id: id, key: entry.key, value: entry.value }, entry.origin);
    }
  };

  if (cookiesHold()) proceed();
  else put((stored) => (stored ? proceed() : offerTab()));
})();
