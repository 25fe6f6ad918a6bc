// Keeps a page that tells of something under way up to date, part by part, as long as the page asks for it: the place of
// the reader and of the keyboard stay, and only what changes in the status is said. Without script the page is fetched
// anew as a whole (see layouts/page.hbs).
(() => {
  const seconds = (page) => Number(page.querySelector('[data-refresh]')?.getAttribute('data-refresh') ?? 0);

  // As the service gave it: what the visitor has opened in a part is no reason to replace it, nor is the token of a form, which is
  // masked anew in every answer and good in each of them.
  const told = (part) => part.innerHTML.replace(/(name="_csrf" value=")[^"]*/gu, '$1');
  const given = new Map([...document.querySelectorAll('[data-part]')].map((part) => [part, told(part)]));

  const renew = (fresh) => {
    for (const [part, before] of given) {
      const now = fresh.querySelector(`[data-part="${part.getAttribute('data-part')}"]`);
      if (!now || told(now) === before) continue;
      given.set(part, told(now));
      const held = part.contains(document.activeElement);
      part.replaceChildren(...now.childNodes);
      // What had the focus is gone: the next key goes on from the page's content, not from its very beginning.
      if (held) document.getElementById('main').focus();
    }
    document.title = fresh.title;
  };

  const look = async () => {
    if (document.hidden) return seconds(document);
    const answer = await fetch(location.href);
    // No session any more, or no such page: the visitor is told as anywhere else.
    if (answer.status === 401 || answer.status === 404) location.reload();
    if (!answer.ok) return seconds(document);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    renew(fresh);
    return seconds(fresh);
  };

  const follow = (after) => {
    if (after === 0) return;
    setTimeout(async () => follow(await look().catch(() => after)), after * 1000);
  };

  follow(seconds(document));
})();
