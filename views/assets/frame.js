// Tells the platform how high the page is, so that the frame needs no scroll bar of its own: "lti.frameResize" is what
// Canvas and others listen to. A height is no secret, so any platform may hear it.
(() => {
  if (window.parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    // A little more room than needed does no harm; a little less is a scroll bar.
    if (height <= told && told - height < 8) return;
    told = height;
    window.parent.postMessage({ subject: 'lti.frameResize', height }, '*');
  };
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
})();
