// Sends the signed answer of deep linking back to the platform without a click; the button is there for browsers without script.
document.getElementById('lti-answer').submit();
