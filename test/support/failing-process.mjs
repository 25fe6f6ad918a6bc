// Loaded before one of the project's processes (node --import): its first word on standard output breaks it, by an error that
// names a person. FAULT: "throw" at once, "later" where nobody catches, "reject" a promise nobody waits for.
const marked = () =>
  Object.assign(new TypeError('x\n    at Alice Dupont <alice@lab>'), { code: 'ALICE', name: 'Alice' });

process.stdout.write = () => {
  if (process.env.FAULT === 'later')
    setImmediate(() => {
      throw marked();
    });
  else if (process.env.FAULT === 'reject') void Promise.reject(marked());
  else throw marked();
  setTimeout(() => undefined, 60_000);
  return true;
};
