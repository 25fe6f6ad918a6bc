// A browser without pictures: keeps cookies by origin and path, follows redirects, sends the forms that pages hold.

interface Cookie {
  name: string;
  value: string;
  path: string;
  host: string;
}

export interface Seen {
  url: string;
  status: number;
  text: string;
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&#39;': "'",
  '&#x3D;': '=',
};

export function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27|#39|#x3D);/g, (entity) => entities[entity] ?? entity);
}

export class WebWalker {
  #cookies: Cookie[] = [];

  async get(url: string): Promise<Seen> {
    return this.#go(url, { method: 'GET' });
  }

  async post(url: string, fields: Record<string, string>): Promise<Seen> {
    return this.#go(url, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Sends the page's only form, hidden fields and all, as its script would. */
  async submit(page: Seen): Promise<Seen> {
    const action = /<form[^>]* action="([^"]*)"/.exec(page.text)?.[1] ?? '';
    const inputs = [...page.text.matchAll(/<input[^>]* name="([^"]*)"[^>]* value="([^"]*)"/g)];
    const fields = Object.fromEntries(inputs.map(([, name = '', value = '']) => [decode(name), decode(value)]));
    return this.post(new URL(decode(action), page.url).href, fields);
  }

  async #go(url: string, init: RequestInit): Promise<Seen> {
    const target = new URL(url);
    const cookie = this.#cookies.filter((one) => one.host === target.host && target.pathname.startsWith(one.path));
    const response = await fetch(target, {
      ...init,
      redirect: 'manual',
      headers: { cookie: cookie.map(({ name, value }) => `${name}=${value}`).join('; '), 'accept-language': 'fr' },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line, target.host);
    const location = response.headers.get('location');
    if (location !== null && response.status >= 300 && response.status < 400) {
      return this.get(new URL(location, target).href);
    }
    return { url: target.href, status: response.status, text: await response.text() };
  }

  #keep(line: string, host: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    this.#cookies = this.#cookies.filter((one) => one.name !== name || one.host !== host || one.path !== path);
    if (value !== '') this.#cookies.push({ name, value, path, host });
  }
}
