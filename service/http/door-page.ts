// The pages of the way in (refusals, pending, new tab...) in the house's own layout.
import type { RenderPage } from '../../lti/index.ts';
import type { Views } from '../../views/index.ts';
import { invitedPage } from './admin/invited.ts';
import { bareFrame } from './frame.ts';
import { localeFor } from './serve.ts';

/** baseUrl: origin of the service, for the addresses that the holder of an invitation copies. */
export function createDoorPage(views: Views, baseUrl: string): RenderPage {
  return ({ name, title, sentences, slot, reference }, wanted) => {
    const locale = localeFor(wanted);
    if (name === 'registration') return invitedPage(views, { locale, baseUrl });
    const model = { heading: title, sentences, slot, reference };
    return views.show({ page: 'door', model, frame: bareFrame(title), locale, csrf: '' });
  };
}
