// Reads each person's record once and gives numbers to what it says. Records lie scattered in memory: reading them takes
// longer than most of what is done with the numbers afterwards.
import type { Ties } from '../tie.ts';
import { Digest } from './digest.ts';
import { Exclusions } from './exclusions.ts';
import { MenteesSaid, MentorsSaid } from './people.ts';
import type { PeopleSaid, Said } from './people.ts';
import { Speeches, formatList, keptTopic, mannerOf, modalityList, preferenceList } from './said.ts';
import { topicList, wayOf, wishesInOne } from './said.ts';
import { Texts } from './texts.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchPerson, ProposedPair } from './types.ts';
import { weekKinds } from './week-kinds.ts';
import type { WeekKinds } from './week-kinds.ts';
import { Weeks } from './weeks.ts';

/** Those who are to be compared are read by the same reader, mentors first. Linear in what is said. */
export class Reader {
  readonly labs = new Texts();
  readonly teams = new Texts();
  readonly speeches = new Speeches();
  readonly #kinds: WeekKinds;
  readonly #exclusions: Exclusions;
  /** Takes up what no column keeps: who people are and whom they name. */
  readonly #digest = new Digest();

  /** kinds: of the weeks of everybody who will be read. */
  constructor(proposedBefore: readonly ProposedPair[], kinds: WeekKinds) {
    this.#kinds = kinds;
    this.#exclusions = new Exclusions(proposedBefore);
  }

  mentors(mentors: readonly MatchMentor[]): MentorsSaid {
    const said = new MentorsSaid(mentors.length, new Weeks(mentors.length, this.#kinds));
    for (let at = 0; at < mentors.length; at++) {
      const mentor = mentors[at] as MatchMentor;
      const languages = this.#read(mentor, said, at);
      said.topics[at] = topicsOf(topicList.mask(mentor.topics), mentor);
      said.manner[at] = mannerOf(languages, formatList.mask(mentor.formats), modalityList.mask(mentor.modalities));
      said.places[at] = mentor.paused === true ? 0 : Math.max(0, mentor.places);
      said.usedPlaces[at] = mentor.usedPlaces;
      this.#exclusions.add(mentor, at);
    }
    return said;
  }

  mentees(mentees: readonly MatchMentee[]): MenteesSaid {
    const said = new MenteesSaid(mentees.length, new Weeks(mentees.length, this.#kinds));
    for (let at = 0; at < mentees.length; at++) {
      const mentee = mentees[at] as MatchMentee;
      const languages = this.#read(mentee, said, at);
      const wishes = topicList.order(mentee.topics);
      const moreWishes = topicList.order(mentee.topics, wishesInOne);
      const formats = formatList.order(mentee.formats);
      const modalities = modalityList.mask(mentee.modalities);
      said.topics[at] = topicsOf(topicList.maskIn(wishes) | topicList.maskIn(moreWishes), mentee);
      said.manner[at] = mannerOf(languages, formatList.maskIn(formats), modalities);
      said.wishes[at] = wishes;
      said.moreWishes[at] = moreWishes;
      said.way[at] = wayOf(formats, modalities);
      said.preference[at] = preferenceList.digit(mentee.labPreference);
      said.waitingSince[at] = mentee.waitingSince;
      said.priority[at] = mentee.priority;
      said.excludedFrom[at] = said.excluded.length;
      this.#exclusions.addTo(said.excluded, mentee);
      said.excludedTo[at] = said.excluded.length;
      this.#digest.text(mentee.id);
    }
    return said;
  }

  /** From now on labs and teams that are new have no number. */
  close(): void {
    this.labs.close();
    this.teams.close();
  }

  /** Stands for all texts read so far, in their order. */
  fingerprint(): string {
    return this.#digest.texts(this.labs.all).texts(this.teams.all).hex();
  }

  /** What both sides say alike; returns the languages as bits. */
  #read(person: MatchPerson, said: PeopleSaid, at: number): number {
    const speech = this.speeches.number(person.languages);
    const { team } = person.ties;
    said.lab[at] = this.labs.number(person.labId);
    said.team[at] = team === undefined ? Texts.none : this.teams.number(`${person.labId} ${team}`);
    said.speech[at] = speech;
    said.week[at] = said.weeks.number(person);
    this.#digest.text(person.personId);
    this.#digestTies(person.ties);
    return this.speeches.masks[speech] as number;
  }

  #digestTies({ self, supervisors, avoid }: Ties): void {
    this.#digest.texts(sorted(self)).texts(sorted(supervisors)).texts(sorted(avoid));
  }
}

/** These lists have no order: sorted, they say the same whatever the order in which they were given. */
function sorted(list: readonly string[]): readonly string[] {
  return list.length < 2 ? list : [...list].sort();
}

function topicsOf(topics: number, { keptForConversation }: MatchPerson): number {
  return keptForConversation ? topics | keptTopic : topics;
}

/** The numbers depend on the order of the lists alone. */
export function whatTheySay({ mentees, mentors, proposedBefore }: Omit<MatchInput, 'rules'>): Said {
  const reader = new Reader(proposedBefore, weekKinds([...mentors, ...mentees]));
  const said = { mentors: reader.mentors(mentors), mentees: reader.mentees(mentees) };
  const { labs, teams, speeches } = reader;
  return { ...said, labs: labs.all.length, teams: teams.all.length, speeches, texts: reader.fingerprint() };
}
