// Sends the page's only form; without script the person presses its button.
document.forms[0].submit();
