// Templates: read, compiled and kept at start; strict (a missing name is an error), partials see only what they are given.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';

export interface Engine {
  readonly names: readonly string[];
  /** `data` is what templates and partials reach by @name. @throws Error for an unknown template or a missing name */
  render(name: string, model: object, data: object): string;
}

/**
 * Compiles every `*.hbs` under `root`. A file is known by its path without the ending ("pages/home"), a partial by its
 * path under "partials/". A name that ends in ".txt" is plain text: nothing is escaped in it.
 */
export function createEngine(root: string, helpers: Record<string, Handlebars.HelperDelegate>): Engine {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  const templates = new Map<string, Handlebars.TemplateDelegate<object>>();
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hbs'))) {
    const name = file.slice(0, -'.hbs'.length).split(path.sep).join('/');
    const source = readFileSync(path.join(root, file), 'utf8');
    const options = { strict: true, explicitPartialContext: true, knownHelpersOnly: true, knownHelpers };
    const compiled = handlebars.precompile(source, { ...options, srcName: name, noEscape: name.endsWith('.txt') });
    // With a source name the compiler answers { code, map } once source-map is installed, and the code alone otherwise.
    const code = typeof compiled === 'string' ? compiled : (compiled as { code: string }).code;
    const template = handlebars.template<object>(runInThisContext(`(${code})`) as TemplateSpecification);
    templates.set(name, template);
    if (name.startsWith('partials/')) handlebars.registerPartial(name.slice('partials/'.length), template);
  }
  return {
    names: [...templates.keys()].sort(),
    render(name, model, data) {
      const template = templates.get(name);
      if (!template) throw new Error(`no template ${name}`);
      return template(model, { data });
    },
  };
}
