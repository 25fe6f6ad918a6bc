// The few sentences of the door's own pages, French and English. The house may replace the pages, never their meaning.
import type { LtiErrorCode } from './errors.ts';
import { PAGES, say, type Said, type Sentence, type Speech } from './page-texts.ts';

export type { Sentence, Speech };

const AGAIN: Said = {
  fr: say('Le lien a expiré', 'Revenez sur votre plateforme et ouvrez de nouveau le lien.'),
  en: say('This link has expired', 'Go back to your platform and open the link again.'),
};
const SETUP: Said = {
  fr: say(
    'La plateforme et ce service ne sont pas d’accord',
    'Prévenez la personne qui administre la plateforme et donnez-lui la référence ci-dessous.',
  ),
  en: say(
    'The platform and this service do not agree',
    'Please tell the administrator of the platform and quote the reference below.',
  ),
};
const NO_REPLAY: Said = {
  fr: say(
    'Ce lien a déjà servi',
    'Chaque ouverture ne sert qu’une fois. Revenez sur votre plateforme et ouvrez de nouveau le lien.',
  ),
  en: say(
    'This link has already been used',
    'Each opening works once. Go back to your platform and open the link again.',
  ),
};
const BROWSER: Said = {
  fr: say(
    'Votre navigateur n’a pas pu être reconnu',
    'Il n’a pas gardé le cookie nécessaire, ou le lien a été ouvert ailleurs. Revenez sur votre plateforme et ouvrez de nouveau le lien, au besoin dans un nouvel onglet.',
  ),
  en: say(
    'Your browser could not be recognised',
    'It did not keep the cookie that is needed, or the link was opened elsewhere. Go back to your platform and open the link again, in a new tab if need be.',
  ),
};

const REFUSALS: Partial<Record<LtiErrorCode, Said>> = {
  too_many_requests: {
    fr: say(
      'C’est beaucoup en peu de temps',
      'Par prudence, le service attend un peu. Réessayez dans quelques minutes, depuis votre plateforme.',
    ),
    en: say(
      'That is a lot in a short time',
      'As a precaution, the service waits a little. Try again in a few minutes, from your platform.',
    ),
  },
  state_expired: AGAIN,
  token_expired: AGAIN,
  launch_by_get: AGAIN,
  session_missing: AGAIN,
  session_expired: AGAIN,
  csrf_refused: AGAIN,
  launch_replayed: NO_REPLAY,
  state_invalid: BROWSER,
  browser_unbound: BROWSER,
  platform_inactive: {
    fr: say('Cette plateforme est suspendue', 'Son accès a été coupé par l’administration du service.'),
    en: say('This platform is switched off', 'Its access was cut by the administrators of the service.'),
  },
  platform_waiting: {
    fr: say(
      'Presque prêt',
      'L’administration du service doit encore donner son accord à cette plateforme.',
      'Rien n’a été enregistré à votre sujet. Revenez un peu plus tard.',
    ),
    en: say(
      'Almost ready',
      'The administrators of the service still have to approve this platform.',
      'Nothing was stored about you. Please come back a little later.',
    ),
  },
  platform_refused: {
    fr: say(
      'La plateforme n’a pas confirmé votre connexion',
      'Connectez-vous sur votre plateforme, puis ouvrez de nouveau le lien.',
    ),
    en: say(
      'The platform did not confirm that you are signed in',
      'Sign in to your platform, then open the link again.',
    ),
  },
  user_missing: {
    fr: say(
      'La plateforme n’a pas dit qui vous êtes',
      'Connectez-vous avec votre propre compte, puis ouvrez de nouveau le lien.',
    ),
    en: say('The platform did not say who you are', 'Sign in with your own account, then open the link again.'),
  },
  message_unsupported: {
    fr: say('Ce genre d’ouverture n’existe pas ici', 'Utilisez le lien habituel de votre plateforme.'),
    en: say('This kind of opening does not exist here', 'Use the usual link of your platform.'),
  },
  key_set_unreachable: {
    fr: say(
      'La plateforme ne répond pas',
      'Ses clés publiques n’ont pas pu être lues. Réessayez dans quelques minutes.',
    ),
    en: say('The platform does not answer', 'Its public keys could not be read. Try again in a few minutes.'),
  },
  unavailable: {
    fr: say('Le service est momentanément indisponible', 'Rien n’est perdu. Réessayez dans quelques minutes.'),
    en: say('The service is away for a moment', 'Nothing is lost. Try again in a few minutes.'),
  },
  internal: {
    fr: say('Quelque chose n’a pas fonctionné', 'Le problème est noté sous la référence ci-dessous.'),
    en: say('Something went wrong', 'The problem is noted under the reference below.'),
  },
  invite_invalid: {
    fr: say('Cette invitation ne sert plus', 'Elle a déjà servi, ou son délai est passé. Demandez-en une autre.'),
    en: say('This invitation is no longer good', 'It was used already, or its time is over. Ask for another one.'),
  },
  choice_invalid: {
    fr: say('Aucune vue n’a été choisie', 'Revenez en arrière et cochez au moins une vue.'),
    en: say('No view was chosen', 'Go back and tick at least one view.'),
  },
  person_refused: {
    fr: say(
      'Vous ne pouvez pas entrer',
      'L’administration du service l’a décidé. Ouvrez-le par son lien sur votre plateforme : vous y lirez auprès de qui vous pouvez le contester.',
    ),
    en: say(
      'You cannot come in',
      'The administrators of the service have decided so. Open it by its link on your platform: there you can read to whom you can appeal.',
    ),
  },
  registration_exists: {
    fr: say(
      'Cette plateforme est déjà reliée',
      'Un enregistrement porte déjà cet émetteur et cet identifiant de client.',
    ),
    en: say('This platform is already connected', 'A registration with this issuer and client id exists.'),
  },
};

const WORDS = {
  newTab: { fr: 'Ouvrir dans un nouvel onglet', en: 'Open in a new tab' },
  newTabWhy: {
    fr: 'Votre navigateur ne garde pas les cookies de ce service dans un cadre.',
    en: 'Your browser does not keep this service’s cookies in a frame.',
  },
  opened: { fr: 'Le service est ouvert dans un autre onglet.', en: 'The service is open in another tab.' },
  back: { fr: 'Revenir à la plateforme', en: 'Back to the platform' },
  place: { fr: 'Placer', en: 'Place' },
  views: { fr: 'Vues', en: 'Views' },
  proceed: { fr: 'Continuer', en: 'Continue' },
  close: { fr: 'Fermer', en: 'Close' },
  reference: { fr: 'Référence', en: 'Reference' },
  failed: {
    fr: 'L’ouverture n’a pas abouti. Revenez sur votre plateforme et ouvrez de nouveau le lien.',
    en: 'The opening did not succeed. Go back to your platform and open the link again.',
  },
} satisfies Record<string, Record<Speech, string>>;

export type Word = keyof typeof WORDS;

export function speechOf(locale: string): Speech {
  return /^en\b/i.test(locale) ? 'en' : 'fr';
}

export function refusalText(code: LtiErrorCode, locale: string): Sentence {
  return (REFUSALS[code] ?? SETUP)[speechOf(locale)];
}

export function pageText(name: keyof typeof PAGES, locale: string): Sentence {
  return PAGES[name][speechOf(locale)];
}

export function word(name: Word, locale: string): string {
  return WORDS[name][speechOf(locale)];
}
