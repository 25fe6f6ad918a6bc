// The platform's registration window listens for this (Dynamic Registration 1.0, 3.6); the button is for the person.
(() => {
  const close = () => (window.opener ?? window.parent).postMessage({ subject: 'org.imsglobal.lti.close' }, '*');
  document.getElementById('lti-close').addEventListener('click', close);
})();
