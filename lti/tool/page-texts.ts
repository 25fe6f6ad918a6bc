// Headings and sentences of the door's own pages, French and English, and the shape that all its sentences have.

export type Speech = 'fr' | 'en';

export interface Sentence {
  title: string;
  sentences: string[];
}

export type Said = Record<Speech, Sentence>;

export const say = (title: string, ...sentences: string[]): Sentence => ({ title, sentences });

export const PAGES = {
  pending: {
    fr: say(
      'Presque prêt',
      'Cette plateforme est connue, mais ce déploiement attend encore l’accord de l’administration du service.',
      'Rien n’a été enregistré à votre sujet. Revenez un peu plus tard.',
    ),
    en: say(
      'Almost ready',
      'This platform is known, but this deployment still waits for the approval of the administrators of the service.',
      'Nothing was stored about you. Come back a little later.',
    ),
  },
  information: {
    fr: say(
      'Un service pour les personnes connectées',
      'Vous êtes sur votre plateforme sans compte personnel. Connectez-vous pour entrer ; rien n’a été enregistré.',
    ),
    en: say(
      'A service for people who are signed in',
      'You are on your platform without an account of your own. Sign in to enter; nothing was stored.',
    ),
  },
  entry: {
    fr: say('Ouverture', 'Un instant…'),
    en: say('Opening', 'One moment…'),
  },
  storage: {
    fr: say('Ouverture', 'Un instant…'),
    en: say('Opening', 'One moment…'),
  },
  tab: {
    fr: say('Ouverture', 'Un instant…'),
    en: say('Opening', 'One moment…'),
  },
  chooser: {
    fr: say('Choisir ce qui sera placé', 'Cochez les vues à placer sur votre plateforme.'),
    en: say('Choose what to place', 'Tick the views to place on your platform.'),
  },
  chosen: {
    fr: say('Retour à la plateforme', 'Votre choix est prêt.'),
    en: say('Back to the platform', 'Your choice is ready.'),
  },
  registration: {
    fr: say(
      'Relier une plateforme',
      'Ce lien relie une plateforme, une seule fois. Ouvrez-le depuis la page d’enregistrement dynamique de la plateforme, ou recopiez les adresses ci-dessous.',
    ),
    en: say(
      'Connect a platform',
      'This link connects one platform, once. Open it from the dynamic registration page of the platform, or copy the addresses below.',
    ),
  },
  registered: {
    fr: say('La plateforme est reliée', 'Il reste à l’activer sur la plateforme, puis à placer le lien.'),
    en: say('The platform is connected', 'What remains is to activate it on the platform and to place the link.'),
  },
  registered_waiting: {
    fr: say(
      'La plateforme attend un accord',
      'Le service connaît déjà ce site, ou ne peut pas reconnaître seul cette plateforme. Son administration va vérifier ce qui suit et donner son accord ; vous n’avez rien à refaire.',
      'En attendant, vous pouvez activer l’outil sur la plateforme et placer le lien.',
    ),
    en: say(
      'The platform waits for approval',
      'The service knows this site already, or cannot recognise this platform by itself. Its administrators will check what follows and approve it; you need not do anything again.',
      'Meanwhile you can activate the tool on the platform and place the link.',
    ),
  },
} satisfies Record<string, Said>;
