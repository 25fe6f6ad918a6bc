// The demonstration's own small templates: strict, compiled once, every value escaped.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';

const folder = path.join(import.meta.dirname, 'views');
const handlebars = Handlebars.create();
const templates = new Map<string, Handlebars.TemplateDelegate<object>>();

for (const file of readdirSync(folder).filter((name) => name.endsWith('.hbs'))) {
  const template = handlebars.compile<object>(readFileSync(path.join(folder, file), 'utf8'), { strict: true });
  templates.set(file.slice(0, -'.hbs'.length), template);
  handlebars.registerPartial(file.slice(0, -'.hbs'.length), template);
}

export const styleSheet = readFileSync(path.join(import.meta.dirname, 'assets/demo.css'), 'utf8');

/** @throws Error for an unknown template or a missing name */
export function render(name: string, model: object): string {
  const template = templates.get(name);
  if (template === undefined) throw new Error(`no template ${name}`);
  return template(model);
}
