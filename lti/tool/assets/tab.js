// Runs in the tab our own frame opened: takes the transfer from it, and from nobody else, and gets the session's cookie.
(() => {
  if (!window.opener) return;
  window.addEventListener('message', async ({ source, origin, data }) => {
    if (source !== window.opener || origin !== location.origin || typeof data?.transfer !== 'string') return;
    const answer = await fetch('/lti/tab', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ transfer: data.transfer }),
    });
    if (answer.ok) location.replace((await answer.json()).path);
    else document.getElementById('lti-failed').hidden = false;
  });
  window.opener.postMessage('lti.tab.ready', location.origin);
})();
