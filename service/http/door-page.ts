// The pages of the way in (refusals, pending, new tab...) in the house's own layout.
import type { RenderPage } from '../../lti/index.ts';
import type { Views } from '../../views/index.ts';
import { bareFrame } from './frame.ts';
import { localeFor } from './serve.ts';

export function createDoorPage(views: Views): RenderPage {
  return ({ title, sentences, slot, reference }, wanted) => {
    const locale = localeFor(wanted);
    const model = { heading: title, sentences, slot, reference };
    return views.show({ page: 'door', model, frame: bareFrame(title), locale, csrf: '' });
  };
}
