// A calendar program as the standards describe one: reads iCalendar strictly (RFC 5545), and keeps, changes or takes out
// entries by the messages that arrive (RFC 5546, sections 2.1.5, 3.2.1 and 3.2.5), in whatever order they do.
import { expect } from 'chai';
import { DateTime } from 'luxon';

export interface Property {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface Component {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
}

const lineForm =
  /^(?<name>[A-Z-]+)(?<parameters>(?:;[A-Z-]+=(?:"[^"\p{Cc}]*"|[^";:,\p{Cc}]*))*):(?<value>[^\p{Cc}]*)$/u;
const parameterForm = /;(?<name>[A-Z-]+)=(?:"(?<quoted>[^"]*)"|(?<bare>[^";:,]*))/gu;

function propertyOf(line: string): Property {
  const {
    name = '',
    parameters = '',
    value = '',
  } = lineForm.exec(line)?.groups ?? expect.fail(`no content line: ${line}`);
  const read = [...parameters.matchAll(parameterForm)].map(({ groups = {} }) => [
    groups['name'],
    groups['quoted'] ?? groups['bare'] ?? '',
  ]);
  return { name, parameters: Object.fromEntries(read) as Record<string, string>, value };
}

/** Fails for lines without CRLF, longer than 75 octets or not of the grammar, and for components that do not close. */
export function readCalendar(content: string): Component {
  expect(content.endsWith('\r\n'), 'the last line ends too').to.equal(true);
  const raw = content.slice(0, -2).split('\r\n');
  for (const line of raw) expect(Buffer.byteLength(line), line).to.be.at.most(75);
  const open: { name: string; properties: Property[]; components: Component[] }[] = [
    { name: '', properties: [], components: [] },
  ];
  for (const line of raw.join('\r\n').replaceAll('\r\n ', '').split('\r\n')) {
    const property = propertyOf(line);
    const inner = open.at(-1)!;
    if (property.name === 'BEGIN') open.push({ name: property.value, properties: [], components: [] });
    else if (property.name !== 'END') inner.properties.push(property);
    else {
      expect(inner.name).to.equal(property.value);
      open.pop();
      open.at(-1)!.components.push(inner);
    }
  }
  expect(open).to.have.length(1);
  expect(open[0]!.components.map(({ name }) => name)).to.deep.equal(['VCALENDAR']);
  return open[0]!.components[0]!;
}

/** The one property of this name; fails for none and for several. */
export function the(component: Component, name: string): Property {
  const found = component.properties.filter((property) => property.name === name);
  expect(found, name).to.have.length(1);
  return found[0]!;
}

export function has(component: Component, name: string): boolean {
  return component.properties.some((property) => property.name === name);
}

export function instantOf({ value }: Property): Date {
  const read = DateTime.fromFormat(value, "yyyyMMdd'T'HHmmss'Z'", { zone: 'utc' });
  expect(read.isValid, value).to.equal(true);
  return read.toJSDate();
}

export interface Entry {
  readonly sequence: number;
  readonly stamp: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly title: string;
  readonly status: string;
  readonly place: string;
}

/** One person's calendar. */
export class CalendarProgram {
  readonly #entries = new Map<string, Entry>();

  /** An entry or its cancellation arrives by mail. */
  receive(content: string): void {
    const calendar = readCalendar(content);
    expect(the(calendar, 'VERSION').value).to.equal('2.0');
    const method = the(calendar, 'METHOD').value;
    expect(calendar.components.map(({ name }) => name)).to.deep.equal(['VEVENT']);
    const event = calendar.components[0]!;
    expect(the(event, 'ORGANIZER').value).to.match(/^mailto:[^@]+@[^@]+$/iu);
    // RFC 5546, section 3.2.1: what is published invites nobody, so no program asks its owner to answer.
    expect(has(event, 'ATTENDEE'), 'an attendee').to.equal(false);
    expect(['PUBLISH', 'CANCEL']).to.include(method);
    expect(['CONFIRMED', 'CANCELLED'].indexOf(the(event, 'STATUS').value)).to.equal(method === 'CANCEL' ? 1 : 0);
    const uid = the(event, 'UID').value;
    const entry = {
      sequence: Number(the(event, 'SEQUENCE').value),
      stamp: instantOf(the(event, 'DTSTAMP')),
      startsAt: instantOf(the(event, 'DTSTART')),
      endsAt: instantOf(the(event, 'DTEND')),
      title: the(event, 'SUMMARY').value,
      status: the(event, 'STATUS').value,
      place: has(event, 'LOCATION') ? the(event, 'LOCATION').value : '',
    };
    const known = this.#entries.get(uid);
    const isNewer =
      !known ||
      entry.sequence > known.sequence ||
      (entry.sequence === known.sequence && entry.stamp > known.stamp && known.status !== 'CANCELLED');
    if (isNewer) this.#entries.set(uid, entry);
  }

  /** What the person sees. */
  entries(): Entry[] {
    return [...this.#entries.values()].filter(({ status }) => status !== 'CANCELLED');
  }
}
