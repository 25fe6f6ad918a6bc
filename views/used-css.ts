// Of a large style sheet, the rules that our pages use: those whose every class stands in a template. What is left out is
// never sent; what a page uses is found again at each start, so there is no copy of the sheet to keep up to date.

interface Block {
  /** A selector list, or an at-rule. */
  readonly head: string;
  readonly body: string;
}

function endOf(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    if (css[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('a block of the style sheet does not end');
}

function blocksOf(css: string): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  for (let open = css.indexOf('{'); open !== -1; open = css.indexOf('{', at)) {
    const end = endOf(css, open);
    blocks.push({ head: css.slice(at, open).trim(), body: css.slice(open + 1, end) });
    at = end + 1;
  }
  return blocks;
}

/** What "not" names need not be there; what Bootstrap's own script or theme would set never is. */
function isUsed(selector: string, classes: ReadonlySet<string>): boolean {
  if (selector.includes('[data-bs-')) return false;
  const named = selector.replace(/:not\([^)]*\)/gu, '').matchAll(/\.([\w-]+)/gu);
  return [...named].every(([, name = '']) => classes.has(name));
}

function rulesOf(css: string, classes: ReadonlySet<string>): string {
  const kept = blocksOf(css).map(({ head, body }) => {
    if (head.startsWith('@keyframes')) return '';
    if (head.startsWith('@')) {
      const inner = rulesOf(body, classes);
      return inner === '' ? '' : `${head}{${inner}}`;
    }
    const selectors = head.split(/,(?![^(]*\))/u).filter((one) => isUsed(one, classes));
    return selectors.length === 0 ? '' : `${selectors.join(',')}{${body}}`;
  });
  return kept.join('');
}

/** Custom properties of Bootstrap's that nothing asks for, until none is left. */
function withoutIdleProperties(css: string, others: string): string {
  const asked = new Set([...(css + others).matchAll(/var\((--bs-[\w-]+)/gu)].map(([, name]) => name));
  const left = css.replace(/(--bs-[\w-]+):[^;{}]*;?/gu, (whole, name: string) => (asked.has(name) ? whole : ''));
  return left === css ? css : withoutIdleProperties(left, others);
}

/** css: minified, without animations that a kept rule needs; its licence stays. others: sheets that are sent beside it. */
export function usedCss(css: string, classes: ReadonlySet<string>, others: string): string {
  const [licence = ''] = /\/\*![^]*?\*\//u.exec(css) ?? [];
  const plain = css.replace(/\/\*[^]*?\*\//gu, '').replace(/^\s*@charset[^;]*;/u, '');
  return licence + withoutIdleProperties(rulesOf(plain, classes), others);
}

/** Class names in templates: in "class", and in "style", by which our partials are told which button to show. */
export function classesIn(templates: readonly string[]): Set<string> {
  const attributes = templates.flatMap((text) => [...text.matchAll(/\b(?:class|style)="([^"]*)"/gu)]);
  return new Set(attributes.flatMap(([, names = '']) => names.match(/[\w-]+/gu) ?? []));
}
