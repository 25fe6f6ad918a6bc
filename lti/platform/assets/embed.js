// Optional on the intranet's page: gives the launch frame the height that the tool asks for.
(() => {
  const own = new URL(document.currentScript.src);
  window.addEventListener('message', ({ origin, source, data }) => {
    if (origin !== own.origin || data?.subject !== 'lti.frameResize' || !(data.height > 0 && data.height < 20000))
      return;
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow === source) frame.style.height = `${Math.round(data.height)}px`;
    }
  });
})();
