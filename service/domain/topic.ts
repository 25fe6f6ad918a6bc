// What a dialogue may be about: fourteen codes in three families, and one that keeps the subject for the conversation.

export const topicFamilies = {
  professional: [
    'work_environment',
    'career_project',
    'communicating_work',
    'work_life_balance',
    'organising_work',
    'health_at_work',
    'career_development',
  ],
  personal: ['conflict', 'losing_motivation', 'self_confidence', 'lack_of_recognition', 'self_censorship'],
  equality: ['equality_parity_otherness', 'individual_development'],
} as const;

export type TopicFamily = keyof typeof topicFamilies;
export type Topic = (typeof topicFamilies)[TopicFamily][number];

export const topics: readonly Topic[] = Object.values(topicFamilies).flat();

const familyByTopic = new Map<Topic, TopicFamily>(
  (Object.keys(topicFamilies) as TopicFamily[]).flatMap((family) =>
    topicFamilies[family].map((topic): [Topic, TopicFamily] => [topic, family]),
  ),
);

/** The family of a topic; every topic has exactly one. */
export function familyOf(topic: Topic): TopicFamily {
  const family = familyByTopic.get(topic);
  if (!family) throw new Error('a topic without a family');
  return family;
}
