// What a page has to tell is seen and heard when it opens, inside a frame as well: in a frame of another origin no browser
// honours autofocus, and the page around it stays scrolled to where it was.
(() => {
  const framed = window.parent !== window;

  // Into view here, and in the pages around as far as the browser lets one, or the platform listens: "lti.scrollToTop" is what
  // Canvas knows; our own platform takes the distance, too. A distance is no secret.
  const reveal = (element) => {
    // A page by itself scrolls no further than it must: its navigation stays in sight.
    element.scrollIntoView({ block: framed ? 'start' : 'nearest' });
    if (!framed) return;
    const top = Math.round(element.getBoundingClientRect().top);
    window.parent.postMessage({ subject: 'lti.scrollToTop', top: Math.max(0, top) }, '*');
  };

  const told = document.querySelector('[data-arrive]');
  if (told) {
    told.focus({ preventScroll: true });
    reveal(told);
  } else if (framed && document.documentElement.hasAttribute('data-within')) {
    // Another page of ours begins at its top, not where the one before was left.
    reveal(document.body);
  }

  // The links of the list of errors, and the one to the content: some browsers give the focus without showing where it is.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('[role="alert"] a[href^="#"], .skip');
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.focus({ preventScroll: true });
    reveal(target.closest('.field') ?? target);
  });
})();
