/** How far a ceremony is, and how events carry it on: pure, in order, each once. */
export type Step = "welcome" | "open" | "held" | "met" | "launched" | "ended";

/** What the page begins with; the same names as on the server. Times are seconds since 1970 by its clock. */
export interface Standing {
  ceremony: number;
  now: number;
  beat: number;
  run: number;
  rehearsal: boolean;
  step: Step;
  due: number | null;
  number: number;
  guests: Record<string, number>;
  lights: number;
  stream: string;
}

interface StepTaken {
  step: Step;
  at: number;
  due: number | null;
  rehearsal: boolean;
  number?: number;
}
interface PalmPressed {
  palm: number;
  guest: number | null;
  at: number;
}
/** A rehearsal that was forgotten: a screen that shows it goes back to before. */
interface Wiped {
  wiped: number;
  at: number;
}
export type WallEvent = { run: number } & (PalmPressed | StepTaken | Wiped);
/** On the stream of phones: what happened since the last one, and how many palms there are now. */
export interface CountEvent {
  run: number;
  rehearsal: boolean;
  palms: number;
  steps: StepTaken[];
  wiped?: number;
}

export type Change =
  | { kind: "begun" } // a new run: what was there is gone
  | { kind: "guest"; guest: number }
  | { kind: "light"; index: number }
  | { kind: "step"; step: Step };

/** What an event of the wall's stream changes. Events of a run before this one change nothing. */
export function carryOn(standing: Standing, id: number, event: WallEvent): Change[] {
  if (id <= standing.beat) return [];
  standing.beat = id;
  if (event.run < standing.run) return [];
  const changes: Change[] = [];
  if ("wiped" in event) return wipe(standing, event.wiped);
  if (event.run > standing.run) changes.push(begin(standing, event.run));
  if ("palm" in event) {
    if (!event.guest) changes.push({ kind: "light", index: standing.lights++ });
    else if (!(event.guest in standing.guests)) {
      standing.guests[event.guest] = event.at;
      changes.push({ kind: "guest", guest: event.guest });
    }
  } else changes.push(...take(standing, event));
  return changes;
}

export function begin(standing: Standing, run: number): Change {
  Object.assign(standing, { run, guests: {}, lights: 0, due: null, number: 0 });
  return { kind: "begun" };
}

/** Forget a run, if it is the one that is shown. */
export function wipe(standing: Standing, run: number): Change[] {
  if (run !== standing.run) return [];
  Object.assign(standing, { step: "welcome", rehearsal: false });
  return [begin(standing, 0), { kind: "step", step: "welcome" }];
}

export function take(standing: Standing, event: StepTaken): Change[] {
  const { step, rehearsal, due, number = 0 } = event;
  Object.assign(standing, { step, rehearsal, due, number });
  if (step === "ended" && rehearsal) {
    Object.assign(standing, { step: "welcome", rehearsal: false });
    return [begin(standing, standing.run), { kind: "step", step: "welcome" }];
  }
  return [{ kind: "step", step }];
}

export function palmsOf({ guests, lights }: Standing): number {
  return lights + Object.keys(guests).length;
}
