// Runs in the frame after the launch of a browser that kept no cookie: fetches the proof from the platform's storage and
// brings it with the ticket to our own site. If even the session's cookie is not kept here, a new tab takes it over.
(() => {
  const launch = document.getElementById('lti-storage').dataset;
  const show = (id) => (document.getElementById(id).hidden = false);
  const post = async (path, body) => {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const proof = () =>
    new Promise((resolve, reject) => {
      const outer = window.parent === window ? window.opener : window.parent;
      if (!outer) return reject(new Error('no platform'));
      const frame = launch.target === '_parent' ? outer : (outer.frames[launch.target] ?? outer);
      const id = `${Date.now()}-${Math.random()}`;
      const timer = setTimeout(() => reject(new Error('no answer')), 1500);
      window.addEventListener('message', ({ origin, data }) => {
        if (origin !== launch.origin || data?.message_id !== id) return;
        if (!/(?:^|\.)get_data\.response$/.test(data.subject) || typeof data.value !== 'string') return;
        clearTimeout(timer);
        resolve(data.value);
      });
      for (const subject of ['lti.get_data', 'org.imsglobal.lti.get_data']) {
        frame.postMessage({ subject, message_id: id, key: launch.key }, launch.origin);
      }
    });

  const offerTab = (transfer) => {
    show('lti-new-tab');
    document.querySelector('#lti-new-tab button').addEventListener('click', () => {
      const tab = window.open('/lti/tab', '_blank');
      window.addEventListener('message', ({ source, origin, data }) => {
        if (source !== tab || origin !== location.origin || data !== 'lti.tab.ready') return;
        tab.postMessage({ transfer }, location.origin);
        document.getElementById('lti-new-tab').hidden = true;
        show('lti-opened');
      });
    });
  };

  const enter = async () => {
    const { path, transfer } = await post('/lti/launch/storage', { ticket: launch.ticket, value: await proof() });
    const session = await fetch('/lti/session');
    if (session.ok) location.replace(path);
    else offerTab(transfer);
  };
  enter().catch(() => show('lti-failed'));
})();
