// Optional on the intranet's page: gives the launch frame the height that the tool asks for, and shows what the tool shows.
(() => {
  const own = new URL(document.currentScript.src);
  const most = 20000;
  const margin = 16;

  // What is asked for is the height of what the frame shows; where the page counts borders in, they come on top.
  const edges = ['borderTopWidth', 'borderBottomWidth', 'paddingTop', 'paddingBottom'];
  const around = (frame) => {
    const style = getComputedStyle(frame);
    return style.boxSizing === 'border-box' ? edges.reduce((sum, edge) => sum + parseFloat(style[edge]), 0) : 0;
  };
  const resize = (frame, { height }) => {
    if (height > 0 && height < most) frame.style.height = `${Math.ceil(height + around(frame))}px`;
  };

  // Only what is out of sight: a page that moves for nothing is hard to read.
  const show = (frame, { top = 0 }) => {
    if (!(top >= 0 && top < most)) return;
    const at = frame.getBoundingClientRect().top + top;
    if (at < 0 || at > window.innerHeight / 2) window.scrollTo(0, window.scrollY + at - margin);
  };

  const acts = { 'lti.frameResize': resize, 'lti.scrollToTop': show };

  window.addEventListener('message', ({ origin, source, data }) => {
    const act = typeof data?.subject === 'string' && Object.hasOwn(acts, data.subject) && acts[data.subject];
    if (origin !== own.origin || !act) return;
    for (const frame of document.querySelectorAll('iframe')) if (frame.contentWindow === source) act(frame, data);
  });
})();
