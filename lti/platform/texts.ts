// The few sentences the platform itself shows, in French and English.
import type { Request } from 'express';
import type { PlatformErrorCode } from './errors.ts';

export type Language = 'fr' | 'en';

export interface Texts {
  continue: string;
  opening: string;
  signIn: string;
  signInNeeded: string;
  returned: string;
  toolSays: string;
  added: string;
  nothingAdded: string;
  errorTitle: string;
  tools: string;
  clientId: string;
  deploymentId: string;
  registrationAddress: string;
  register: string;
  registrationHelp: string;
  errors: Record<PlatformErrorCode, string>;
}

const fr: Texts = {
  continue: 'Continuer',
  opening: 'Ouverture…',
  signIn: 'Se connecter dans un nouvel onglet',
  signInNeeded: 'Votre session sur l’intranet n’est pas ouverte. Connectez-vous, puis rechargez cette page.',
  returned: 'Vous êtes de retour sur l’intranet. Vous pouvez fermer cette page.',
  toolSays: 'Message de l’outil :',
  added: 'Les liens choisis ont été ajoutés.',
  nothingAdded: 'Aucun lien n’a été ajouté.',
  tools: 'Outils reliés à cet intranet',
  clientId: 'Identifiant client',
  deploymentId: 'Identifiant de déploiement',
  registrationAddress: 'Adresse d’inscription donnée par l’outil',
  register: 'Relier cet outil',
  registrationHelp: 'Vous serez conduit chez l’outil, qui s’inscrit ici une seule fois, dans l’heure.',
  errorTitle: 'Cette page ne peut pas s’ouvrir',
  errors: {
    malformed_request: 'La demande est incomplète ou mal formée.',
    unknown_client: 'L’outil qui fait cette demande n’est pas connu de cet intranet.',
    unknown_redirect_uri: 'L’outil demande une réponse à une adresse qui n’est pas déclarée ici.',
    deep_linking_refused: 'La réponse de l’outil n’a pas pu être vérifiée. Aucun lien n’a été ajouté.',
    not_signed_in: 'Vous n’êtes pas connecté à l’intranet. Connectez-vous, puis rechargez cette page.',
    sign_in_failed: 'La connexion n’a pas abouti. Rechargez la page de l’intranet pour recommencer.',
    not_allowed: 'Votre compte ne permet pas cette action.',
    unknown_link: 'Ce lien n’existe pas sur cet intranet.',
  },
};

const en: Texts = {
  continue: 'Continue',
  opening: 'Opening…',
  signIn: 'Sign in in a new tab',
  signInNeeded: 'You are not signed in to the intranet. Sign in, then reload this page.',
  returned: 'You are back on the intranet. You can close this page.',
  toolSays: 'Message from the tool:',
  added: 'The chosen links were added.',
  nothingAdded: 'No link was added.',
  tools: 'Tools connected to this intranet',
  clientId: 'Client id',
  deploymentId: 'Deployment id',
  registrationAddress: 'Registration address given by the tool',
  register: 'Connect this tool',
  registrationHelp: 'You will be taken to the tool, which registers here once, within the hour.',
  errorTitle: 'This page cannot be opened',
  errors: {
    malformed_request: 'The request is incomplete or malformed.',
    unknown_client: 'The tool that makes this request is not known to this intranet.',
    unknown_redirect_uri: 'The tool asks for an answer at an address that is not declared here.',
    deep_linking_refused: 'The answer of the tool could not be verified. No link was added.',
    not_signed_in: 'You are not signed in to the intranet. Sign in, then reload this page.',
    sign_in_failed: 'The sign-in did not succeed. Reload the intranet page to try again.',
    not_allowed: 'Your account does not allow this.',
    unknown_link: 'This link does not exist on this intranet.',
  },
};

/** French unless the person's locale, or else the browser, asks for English first. */
export function languageOf(req: Request, locale?: string): Language {
  const wanted = locale ?? (req.acceptsLanguages('fr', 'en') || 'fr');
  return wanted.toLowerCase().startsWith('en') ? 'en' : 'fr';
}

export function textsIn(language: Language): Texts {
  return language === 'en' ? en : fr;
}
