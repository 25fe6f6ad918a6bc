// What proposals and dialogues keep about why two persons fit.
import { Schema } from 'mongoose';
import { part } from './collection.ts';

const text = { type: String, required: true } as const;
const texts = { type: [String], required: true } as const;
const count = { type: Number, required: true } as const;

/** facts: codes with their values, as the matching gave them. */
export const reasons = [part({ part: text, points: count, max: count, facts: [Schema.Types.Mixed] })];

export const common = {
  type: part({
    topics: texts,
    keptForConversation: { type: Boolean, required: true },
    languages: texts,
    modalities: texts,
    format: text,
    halfDays: texts,
    mentorHalfDays: { type: [String], default: undefined },
    sameLab: { type: Boolean, required: true },
  }),
  required: true,
} as const;

/** Who the two are. */
export const pair = { requestId: text, menteeId: text, mentorId: text, menteeLabId: text, mentorLabId: text } as const;
